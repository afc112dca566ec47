import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { environment } from "../builders/environment";
import { type Project, projectOf } from "./project";

// three tries of five seconds each, on a machine that may be busy
jest.setTimeout(60_000);

const IDENTITY =
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::111122223333:assumed-role/admin/anna</Arn><UserId>u</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

describe("a command whose connection says nothing", () => {
  let server: Server;
  let project: Project;
  const sockets = new Set<Socket>();
  const before = { ...process.env };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += String(chunk);
      });
      request.on("end", () => {
        if (body.includes("Action=GetCallerIdentity"))
          response.writeHead(200, { "Content-Type": "text/xml" }).end(IDENTITY);
      });
    });
    server.on("connection", (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    project = projectOf([environment()], () => new Date());
  });
  afterAll(() => {
    project.remove();
    server.close();
    for (const socket of sockets) socket.destroy();
    process.env = before;
  });

  test("ends after a quarter of a minute, tells meanwhile, and says what did not answer", async () => {
    const started = Date.now();
    const { code, progress } = await project.baseline("keys", "list");
    expect(code).toBe(1);
    expect(Date.now() - started).toBeLessThan(40_000);
    expect(progress.trim().split("\n")).toEqual([
      "asking IAM for the access keys of environment prod",
      "IAM did not answer ListUsers within 5 s; trying again",
      "IAM did not answer ListUsers within 5 s; trying again",
      "error[aws-call-failed]: IAM did not answer ListUsers: 3 tries of 5 s each",
    ]);
  });
});
