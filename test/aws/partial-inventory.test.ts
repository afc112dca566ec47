import { GetAccountAuthorizationDetailsCommand, IAMClient, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { mockClient } from "aws-sdk-client-mock";
import { readAccountInventory } from "../../src/aws/account-inventory";

const settings = { accountId: "111122223333", now: () => new Date("2026-11-23T12:00:00Z") };

describe("an account that answers in part", () => {
  const mock = mockClient(IAMClient);
  const client = new IAMClient({ region: "us-east-1" });
  const users = (...names: readonly string[]) =>
    names.map((UserName) => ({ UserName, Path: "/", Arn: `arn:aws:iam::111122223333:user/${UserName}` }));

  beforeEach(() => mock.reset());

  test("joins every page of the authorization details, over an empty one", async () => {
    mock
      .on(GetAccountAuthorizationDetailsCommand)
      .resolvesOnce({ UserDetailList: users("a"), IsTruncated: true, Marker: "1" })
      .resolvesOnce({ IsTruncated: true, Marker: "2" })
      .resolvesOnce({ UserDetailList: users("b"), IsTruncated: false });
    const { authorizationDetails, users: found } = await readAccountInventory(client, settings);
    expect(authorizationDetails["UserDetailList"]).toHaveLength(2);
    expect(Object.keys(found)).toEqual(["a", "b"]);
  });

  test("refuses details of which IAM says that more follows, and not where", async () => {
    mock.on(GetAccountAuthorizationDetailsCommand).resolves({ UserDetailList: [], IsTruncated: true });
    await expect(readAccountInventory(client, settings)).rejects.toThrow("more follows");
  });

  test("does not ask every user what IAM refuses", async () => {
    mock
      .on(GetAccountAuthorizationDetailsCommand)
      .resolves({ UserDetailList: users(...Array.from({ length: 50 }, (_, index) => `user-${index}`)) });
    mock.on(ListAccessKeysCommand).rejects(new Error("AccessDenied"));
    const { users: found } = await readAccountInventory(client, { ...settings, concurrency: 1 });
    expect(mock.commandCalls(ListAccessKeysCommand)).toHaveLength(2);
    expect(Object.values(found).every(({ accessKeys }) => "notChecked" in accessKeys)).toBe(true);
  });
});
