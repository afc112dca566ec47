import {
  GetAccessKeyLastUsedCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListServerCertificatesCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  NoSuchEntityException,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { mockClient } from "aws-sdk-client-mock";
import { iamCredentials } from "../../src/aws/iam-credentials";
import { listServerCertificates } from "../../src/aws/server-certificates";

const mock = mockClient(IAMClient);
const client = new IAMClient({ region: "us-east-1" });
const iam = iamCredentials(client);
const gone = new NoSuchEntityException({ message: "cannot be found", $metadata: {} });

beforeEach(() => mock.reset());

async function usersUnder(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { userName } of iam.listUsers(path)) names.push(userName);
  return names;
}

describe("listing users", () => {
  test("goes on to the last page, over an empty one", async () => {
    mock
      .on(ListUsersCommand)
      .resolvesOnce({ Users: [{ UserName: "a", Path: "/d/" } as never], IsTruncated: true, Marker: "1" })
      .resolvesOnce({ Users: [], IsTruncated: true, Marker: "2" })
      .resolvesOnce({ Users: [{ UserName: "b", Path: "/d/" } as never], IsTruncated: false });
    expect(await usersUnder("/d/")).toEqual(["a", "b"]);
    expect(mock.commandCalls(ListUsersCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { PathPrefix: "/d/", MaxItems: 1000, Marker: undefined },
      { PathPrefix: "/d/", MaxItems: 1000, Marker: "1" },
      { PathPrefix: "/d/", MaxItems: 1000, Marker: "2" },
    ]);
  });

  test("refuses an answer that is truncated and does not say where it goes on", async () => {
    mock.on(ListUsersCommand).resolves({ Users: [], IsTruncated: true });
    await expect(usersUnder("/d/")).rejects.toThrow("more follows");
  });
});

describe("a user or key that is gone", () => {
  test.each([
    ["ListAccessKeys", ListAccessKeysCommand, () => iam.listAccessKeys("a")],
    ["GetAccessKeyLastUsed", GetAccessKeyLastUsedCommand, () => iam.lastUsed("k")],
    ["ListUserTags", ListUserTagsCommand, () => iam.listTags("a")],
    ["UpdateAccessKey", UpdateAccessKeyCommand, () => iam.deactivate("a", "k")],
  ] as const)("is an answer of %s, not an error", async (_name, command, ask) => {
    mock.on(command as typeof ListAccessKeysCommand).rejects(gone);
    expect(await ask()).toBe("gone");
  });
});

test("a key that was never used says so", async () => {
  mock.on(GetAccessKeyLastUsedCommand).resolves({ AccessKeyLastUsed: { Region: "N/A", ServiceName: "N/A" } });
  expect(await iam.lastUsed("k")).toBe("never");
});

test("tags of all pages come together", async () => {
  mock
    .on(ListUserTagsCommand)
    .resolvesOnce({ Tags: [{ Key: "a", Value: "1" }], IsTruncated: true, Marker: "m" })
    .resolvesOnce({ Tags: [{ Key: "b", Value: "" }], IsTruncated: false });
  expect(await iam.listTags("u")).toEqual({ a: "1", b: "" });
});

test("server certificates of all pages come together", async () => {
  const Expiration = new Date("2026-01-01T00:00:00Z");
  const certificate = (ServerCertificateName: string) => ({ ServerCertificateName, Expiration }) as never;
  mock
    .on(ListServerCertificatesCommand)
    .resolvesOnce({ ServerCertificateMetadataList: [certificate("a")], IsTruncated: true, Marker: "m" })
    .resolvesOnce({ ServerCertificateMetadataList: [certificate("b")], IsTruncated: false });
  expect(await listServerCertificates(client)).toEqual([
    { name: "a", expiration: Expiration },
    { name: "b", expiration: Expiration },
  ]);
});
