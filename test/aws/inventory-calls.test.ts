import {
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  ListServiceSpecificCredentialsCommand,
} from "@aws-sdk/client-iam";
import { mockClient } from "aws-sdk-client-mock";
import { readAccountInventory } from "../../src/aws/account-inventory";
import { ACCOUNT } from "../builders/access-graph";
import { userDetails } from "../builders/account-inventory";

const iam = mockClient(IAMClient);
const USERS = 50;
const NOW = new Date("2026-11-23T12:00:00Z");
const credential = {
  UserName: "user-7",
  Status: "Active",
  ServiceName: "bedrock.amazonaws.com",
  CreateDate: NOW,
} as const;

beforeEach(() => {
  iam.reset();
  iam.onAnyCommand().resolves({});
  iam.on(GetAccountAuthorizationDetailsCommand).resolves({
    UserDetailList: Array.from({ length: USERS }, (_, index) => userDetails(`user-${index}`)),
  } as object);
});
const read = () => readAccountInventory(new IAMClient({}), { accountId: ACCOUNT, now: () => NOW });

test("asks five questions of each user, and seven of the account", async () => {
  await read();
  expect(iam.calls()).toHaveLength(5 * USERS + 7);
});

test("one list tells the service-specific credentials of all users", async () => {
  iam.on(ListServiceSpecificCredentialsCommand, { AllUsers: true }).resolves({
    ServiceSpecificCredentials: [credential as never],
  });
  const { users } = await read();
  expect(users["user-7"]?.serviceSpecificCredentials).toEqual({
    value: [{ status: "Active", service: "bedrock.amazonaws.com", createDate: NOW.toISOString() }],
  });
  expect(users["user-8"]?.serviceSpecificCredentials).toEqual({ value: [] });
});

test("where IAM does not know that list, each user is asked about", async () => {
  const refusal = Object.assign(new Error("AllUsers"), { name: "ValidationError" });
  iam.on(ListServiceSpecificCredentialsCommand, { AllUsers: true }).rejects(refusal);
  iam.on(ListServiceSpecificCredentialsCommand, { UserName: "user-7" }).resolves({
    ServiceSpecificCredentials: [credential as never],
  });
  const { users } = await read();
  expect(users["user-7"]?.serviceSpecificCredentials).toMatchObject({ value: [{ status: "Active" }] });
  expect(iam.commandCalls(ListServiceSpecificCredentialsCommand)).toHaveLength(USERS + 1);
});
