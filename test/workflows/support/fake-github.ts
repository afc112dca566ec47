import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const OWN = "github-actions[bot]";
const LIMIT = 65_536;

export interface FakeComment {
  readonly id: number;
  readonly issue: number;
  readonly user: { readonly login: string };
  body: string;
}

export interface FakeIssue {
  readonly number: number;
  readonly title: string;
  readonly user: { readonly login: string };
  readonly pull_request?: object;
  body: string;
  state: string;
}

type Body = Readonly<Record<string, unknown>>;

/** The part of GitHub's API that the scripts use, in memory: pages of what is asked for, and its limit of a body. */
export class FakeGithub {
  readonly comments: FakeComment[] = [];
  readonly issues: FakeIssue[] = [];
  /** `METHOD path` of every call that wrote. */
  readonly writes: string[] = [];
  /** Answered to every call, where it is set. */
  failure: number | undefined;
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));
  private next = 1;

  async start(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** What a job's step has. */
  get environmentVariables(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    return {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: "octo/iam-baseline",
      GITHUB_TOKEN: "token-of-the-job",
    };
  }

  addComment(issue: number, body: string, login = OWN): FakeComment {
    const comment = { id: this.next++, issue, user: { login }, body };
    this.comments.push(comment);
    return comment;
  }

  addIssue(body: string, login = OWN, title = "Drift"): FakeIssue {
    const issue = { number: this.next++, title, user: { login }, body, state: "open" };
    this.issues.push(issue);
    return issue;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? "/", "http://localhost");
    const send = (status: number, value: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    if (request.headers.authorization !== "Bearer token-of-the-job") return send(401, { message: "token" });
    if (this.failure !== undefined) return send(this.failure, { message: "no answer today" });
    const method = request.method ?? "GET";
    const path = url.pathname.replace(/^\/repos\/octo\/iam-baseline/, "");
    if (method === "GET") return send(200, this.page(path, url.searchParams));
    const body = JSON.parse(text) as Body;
    if (String(body["body"] ?? "").length > LIMIT) return send(422, { message: "body is too long" });
    this.writes.push(`${method} ${path}`);
    return send(method === "POST" ? 201 : 200, this.write(method, path, body));
  }

  private page(path: string, query: URLSearchParams): readonly unknown[] {
    const [, issue] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? [];
    const all =
      issue === undefined
        ? this.issues.filter(
            ({ state, user }) => state === query.get("state") && user.login === query.get("creator"),
          )
        : this.comments.filter((comment) => comment.issue === Number(issue));
    const size = Number(query.get("per_page"));
    const start = (Number(query.get("page")) - 1) * size;
    return all.slice(start, start + size);
  }

  private write(method: string, path: string, body: Body): unknown {
    const [, issue] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? [];
    const [, commentId] = /^\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    const [, number] = /^\/issues\/(\d+)$/.exec(path) ?? [];
    const target =
      commentId === undefined
        ? this.issues.find((one) => one.number === Number(number))
        : this.comments.find(({ id }) => id === Number(commentId));
    if (method === "PATCH" && target !== undefined) return Object.assign(target, body);
    if (issue !== undefined) return this.addComment(Number(issue), String(body["body"]));
    return this.addIssue(String(body["body"]), OWN, String(body["title"]));
  }
}
