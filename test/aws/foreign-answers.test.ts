import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { IAMClient } from "@aws-sdk/client-iam";
import { type IamCredentials, iamCredentials } from "../../src/aws/iam-credentials";

const KEYS = (userName: string) =>
  `<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata><member><UserName>${userName}</UserName><AccessKeyId>AKIAIOSFODNN7EXAMPLE</AccessKeyId><Status>Active</Status><CreateDate>2026-11-01T00:00:00Z</CreateDate></member></AccessKeyMetadata><IsTruncated>false</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>`;

/** 200, and not from IAM: what a captive portal, a proxy or a cut connection answers. */
describe("an answer of 200 that is none of IAM's", () => {
  let server: Server;
  let body = "";
  let iam: IAMClient;
  let credentials: IamCredentials;

  beforeAll(async () => {
    server = createServer((_request, response) =>
      response.writeHead(200, { "Content-Type": "text/xml" }).end(body),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    iam = new IAMClient({
      region: "us-east-1",
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
    credentials = iamCredentials(iam);
  });
  afterAll(() => {
    iam.destroy();
    server.close();
    server.closeAllConnections();
  });

  const questions: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["ListAccessKeys", () => credentials.listAccessKeys("work")],
    [
      "ListUsers",
      async () => {
        for await (const _user of credentials.listUsers("/baseline/device/"));
      },
    ],
    ["ListUserTags", () => credentials.listTags("work")],
    ["GetAccessKeyLastUsed", () => credentials.lastUsed("AKIAIOSFODNN7EXAMPLE")],
  ];
  const answers: readonly (readonly [string, string])[] = [
    ["empty", ""],
    ["a page of HTML", "<html><body>Sign in to the hotel's network</body></html>"],
    ["another call's", "<GetUserResponse><GetUserResult><User/></GetUserResult></GetUserResponse>"],
    ["JSON", '{"ok":true}'],
  ];

  test.each(
    questions.flatMap(([call, ask]) => answers.map(([what, text]) => [call, what, text, ask] as const)),
  )("to %s is refused where it is %s", async (_call, _what, text, ask) => {
    body = text;
    await expect(ask()).rejects.toThrow();
  });

  test("to ListAccessKeys is refused where it lists another user's keys", async () => {
    body = KEYS("home");
    await expect(credentials.listAccessKeys("work")).rejects.toThrow("a key of user home");
    body = KEYS("work");
    await expect(credentials.listAccessKeys("work")).resolves.toHaveLength(1);
  });

  test("and an empty list is one", async () => {
    body =
      "<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata/><IsTruncated>false</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>";
    await expect(credentials.listAccessKeys("work")).resolves.toEqual([]);
  });
});
