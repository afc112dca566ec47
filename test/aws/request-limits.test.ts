import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { IAMClient, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { limitRequests, type RequestLimits, requestHandlerOf } from "../../src/aws/request-limits";

const KEYS =
  "<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata/><IsTruncated>false</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>";
const LIMITS: RequestLimits = { connectMs: 200, answerMs: 200, silentTries: 3 };

/** How the service behaves, try by try; the last one is repeated. */
type Behaviour = "silent" | "stalls" | "trickles" | "answers" | "throttles";

describe("requests that are not answered", () => {
  let server: Server;
  let requests = 0;
  let behaviours: readonly Behaviour[] = [];
  const sockets = new Set<Socket>();
  const silences: string[] = [];

  beforeAll(async () => {
    server = createServer((_request, response) => {
      const behaviour = behaviours[Math.min(requests, behaviours.length - 1)];
      requests += 1;
      response.on("error", () => {});
      if (behaviour === "silent") return;
      response.writeHead(behaviour === "throttles" ? 400 : 200, { "Content-Type": "text/xml" });
      if (behaviour === "answers") response.end(KEYS);
      if (behaviour === "throttles")
        response.end("<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>");
      if (behaviour === "stalls") response.write(KEYS.slice(0, 20));
      if (behaviour === "trickles") {
        const timer = setInterval(() => response.write(" "), 50);
        response.on("close", () => clearInterval(timer));
      }
    });
    server.on("connection", (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });

  async function ask(...how: readonly Behaviour[]) {
    requests = 0;
    silences.length = 0;
    behaviours = how;
    const client = limitRequests(
      new IAMClient({
        region: "us-east-1",
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
        maxAttempts: 8,
        requestHandler: requestHandlerOf(LIMITS),
      }),
      LIMITS,
      (what) => silences.push(what),
    );
    const started = Date.now();
    try {
      const answer = await client.send(new ListAccessKeysCommand({ UserName: "work" }));
      return { answer, tookMs: Date.now() - started };
    } catch (error) {
      return { error: error as Error, tookMs: Date.now() - started };
    } finally {
      client.destroy();
    }
  }

  test.each<Behaviour>(["silent", "stalls", "trickles"])("a service that is %s is given up", async (how) => {
    const { error, tookMs } = await ask(how);
    expect(error).toMatchObject({
      name: "NoAnswerError",
      message: "IAM did not answer ListAccessKeys: 3 tries of 0.2 s each",
    });
    expect(requests).toBe(3);
    expect(tookMs).toBeLessThan(5_000);
    expect(silences).toHaveLength(2);
    expect(silences[0]).toBe("IAM did not answer ListAccessKeys within 0.2 s; trying again");
  });

  test("a service that answers the second time is heard", async () => {
    const { answer } = await ask("silent", "answers");
    expect(answer).toMatchObject({ AccessKeyMetadata: [], IsTruncated: false });
    expect(requests).toBe(2);
  });

  test("throttling does not count as silence", async () => {
    const { answer } = await ask("throttles", "silent", "throttles", "silent", "throttles", "answers");
    expect(answer).toMatchObject({ IsTruncated: false });
    expect(requests).toBe(6);
  }, 30_000);

  test("each call has its own tries", async () => {
    await ask("silent");
    const { answer } = await ask("silent", "silent", "answers");
    expect(answer).toMatchObject({ IsTruncated: false });
  });
});
