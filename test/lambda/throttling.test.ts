import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { newIamClient } from "../../lambda/runtime/clients";
import { iamCredentials } from "../../src/aws/iam-credentials";

const THROTTLED =
  "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>";
const DONE =
  "<UpdateAccessKeyResponse><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></UpdateAccessKeyResponse>";

/** IAM as the SDK meets it on the wire: aws-sdk-client-mock stands before the SDK's retries and cannot show them. */
describe("the functions' IAM client", () => {
  let server: Server;
  let answers: number;
  let throttled: number;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      answers += 1;
      const refuse = answers <= throttled;
      response.writeHead(refuse ? 400 : 200, { "Content-Type": "text/xml" });
      response.end(refuse ? THROTTLED : DONE);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env["AWS_REGION"] = "us-east-1";
    process.env["AWS_ACCESS_KEY_ID"] = "test";
    process.env["AWS_SECRET_ACCESS_KEY"] = "test";
  });
  afterAll(() => {
    for (const name of ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
      delete process.env[name];
    server.close();
    server.closeAllConnections();
  });

  test("tries again when IAM throttles, until it succeeds", async () => {
    answers = 0;
    throttled = 2;
    const client = newIamClient();
    expect(await iamCredentials(client).deactivate("laptop", "AKIAIOSFODNN7EXAMPLE")).toBe("done");
    expect(answers).toBe(3);
    client.destroy();
  }, 30_000);

  test("is patient: eight tries, at a rate that adapts", async () => {
    const client = newIamClient();
    expect(await client.config.maxAttempts()).toBe(8);
    const retryMode = client.config.retryMode;
    expect(typeof retryMode === "function" ? await retryMode() : retryMode).toBe("adaptive");
    client.destroy();
  });
});
