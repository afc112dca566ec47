import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands between terraform and the emulator. */
export interface EmulatorGateway {
  /** `http://127.0.0.1:PORT`; what terraform's `AWS_ENDPOINT_URL` wants. */
  readonly endpoint: string;
  /** How often terraform asked for each action, and how often the gateway answered it itself. */
  readonly calls: ReadonlyMap<string, number>;
  /** Actions that the emulator could not answer, and neither could the gateway. */
  readonly unanswered: ReadonlySet<string>;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const ATTEMPTS = 3;
const IAM_NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";

/**
 * Passes everything on to the emulator, but for two things.
 *
 * The emulator (moto 5.2.5) does not know `ListServiceSpecificCredentials`, which the AWS provider calls for every user
 * that it destroys with `force_destroy`. Nobody can have made such a credential there, so the gateway answers with
 * an empty list, or as the emulator answers for a user that does not exist.
 *
 * And an action that the emulator does not know ends there as HTTP 500 and an HTML page, which the provider repeats 25
 * times with growing pauses. After three tries the gateway says at once what is missing, by a status that nobody
 * repeats.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html
 */
export async function startEmulatorGateway(emulator: string): Promise<EmulatorGateway> {
  const calls = new Map<string, number>();
  const unanswered = new Set<string>();

  async function answer(method: string, path: string, headers: IncomingHttpHeaders, body: Buffer) {
    const form = new URLSearchParams(body.toString("utf8"));
    const action = form.get("Action") ?? `${method} ${path}`;
    calls.set(action, (calls.get(action) ?? 0) + 1);
    if (action === "ListServiceSpecificCredentials") {
      form.set("Action", "ListSSHPublicKeys"); // fails for the same users, and reads nothing else
      const known = await forward(emulator, method, path, headers, Buffer.from(form.toString()));
      return known.status === 200 ? noServiceSpecificCredentials() : known;
    }
    for (let attempt = 1; ; attempt++) {
      const given = await forward(emulator, method, path, headers, body);
      if (given.status !== 500 || !given.body.includes("<!doctype html>")) return given;
      if (attempt === ATTEMPTS) {
        unanswered.add(action);
        return notImplemented(action);
      }
    }
  }

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "POST", url = "/", headers } = incoming;
      answer(method, url, headers, Buffer.concat(chunks)).then(
        ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body),
        (error: Error) => outgoing.writeHead(502, { "content-type": "text/plain" }).end(error.message),
      );
    });
  });
  server.keepAliveTimeout = 120_000; // the provider may pause between two calls
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    unanswered,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The signature is passed on as it is: the emulator reads the service from it and checks nothing. */
function forward(
  to: string,
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Answer> {
  const { "transfer-encoding": _chunked, connection: _connection, expect: _expect, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(path, to),
      { method, headers: { ...kept, "content-length": String(body.length) } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.once("error", reject);
        incoming.on("end", () => {
          const { "transfer-encoding": _, connection: __, ...headers } = incoming.headers;
          resolve({ status: incoming.statusCode ?? 502, headers, body: Buffer.concat(chunks) });
        });
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

function xml(status: number, text: string): Answer {
  const body = Buffer.from(text);
  return { status, headers: { "content-type": "text/xml", "content-length": String(body.length) }, body };
}

function noServiceSpecificCredentials(): Answer {
  return xml(
    200,
    `<ListServiceSpecificCredentialsResponse xmlns="${IAM_NAMESPACE}"><ListServiceSpecificCredentialsResult><ServiceSpecificCredentials/><IsTruncated>false</IsTruncated></ListServiceSpecificCredentialsResult><ResponseMetadata><RequestId>gateway</RequestId></ResponseMetadata></ListServiceSpecificCredentialsResponse>`,
  );
}

function notImplemented(action: string): Answer {
  return xml(
    501,
    `<ErrorResponse xmlns="${IAM_NAMESPACE}"><Error><Type>Receiver</Type><Code>EmulatorCannot</Code><Message>the AWS emulator does not know ${action.replace(/[^\w /]/g, "")}; teach test/e2e/emulator-gateway.ts to answer it</Message></Error><RequestId>gateway</RequestId></ErrorResponse>`,
  );
}
