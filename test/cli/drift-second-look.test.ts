import { GetAccountAuthorizationDetailsCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import { liveDrift } from "../../src/cli/drift/live-drift";
import { validateEnvironments } from "../../src/environment/validate-environments";
import { UNKNOWN_PART } from "../../src/iam/graph";
import { policyDocument } from "../../src/iam/policy-document";
import { ACCOUNT, accessGraph, role, trust, user } from "../builders/access-graph";
import { roleDetails, userDetails } from "../builders/account-inventory";
import { environment, NOW } from "../builders/environment";

const iam = mockClient(IAMClient);
const sts = mockClient(STSClient);
const LAPTOP = `arn:aws:iam::${ACCOUNT}:user/baseline/device/laptop`;
const trusting = (AWS: string) =>
  ({ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }) as const;
const showing = (principal: string) => ({
  UserDetailList: [userDetails("laptop", { path: "/baseline/device/" })],
  RoleDetailList: [roleDetails("daily-x1", policyDocument(trusting(principal)), { path: "/baseline/" })],
});

beforeEach(() => {
  iam.reset();
  sts.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/caller` });
});

/** Drift of an account that shows these principals in a trust, one after the other. */
async function rules(...principals: readonly string[]): Promise<readonly string[]> {
  const answers = iam.on(GetAccountAuthorizationDetailsCommand);
  for (const principal of principals) answers.resolvesOnce(showing(principal) as object);
  const validation = validateEnvironments([environment()], NOW);
  const [declared] = validation.valid ? validation.environments : [];
  if (declared === undefined) throw new Error("the builder's environment is not valid");
  const graph = accessGraph({
    users: [user()],
    roles: [role({ name: `daily-${UNKNOWN_PART}`, trust: trust(trusting(LAPTOP)) })],
  });
  const { drift } = await liveDrift({
    environment: declared,
    // no such folder: the stack cannot be planned, and what it declares is compared with the account
    stacks: [{ stack: "prod-identity", environment: "prod", directory: "/no/such/folder", graph }],
    others: [],
    accounts: [ACCOUNT],
    history: false,
    account: true,
    settleMs: 1,
    context: {
      output: { result: () => {}, progress: () => {}, columns: undefined },
      directory: "/",
      environmentVariables: {},
      now: NOW,
      version: "0",
    },
  });
  return drift.findings.map(({ rule }) => rule);
}

const UNIQUE_ID = "AIDAQ2YR4XO5OSQJM1PPG";

test("a unique id that passes is not told", async () => {
  expect(await rules(UNIQUE_ID, LAPTOP)).toEqual([]);
});

test("a unique id that stays is told, after a second look", async () => {
  expect(await rules(UNIQUE_ID, UNIQUE_ID)).toEqual(["principal-recreated"]);
  expect(iam.commandCalls(GetAccountAuthorizationDetailsCommand)).toHaveLength(2);
});

test("without a unique id the account is asked once", async () => {
  await rules(LAPTOP);
  expect(iam.commandCalls(GetAccountAuthorizationDetailsCommand)).toHaveLength(1);
});
