import type { RegionalInventory } from "../../src/aws/inventory";
import { judgeDrift } from "../../src/drift/judge-drift";
import type { Safeguard } from "../../src/iam/graph";
import { policyDocument } from "../../src/iam/policy-document";
import { ACCOUNT, accessGraph, role, trust } from "../builders/access-graph";
import { accountInventory, roleDetails } from "../builders/account-inventory";

const REGION = "eu-central-1";
const ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:baseline-deactivate`;
const RUNS = `arn:aws:iam::${ACCOUNT}:role/baseline/runs`;
const byLambda = policyDocument({
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
});
const safeguard = (type: string, name: string, attributes: Safeguard["attributes"] = {}): Safeguard => ({
  type,
  name,
  address: `${type}.x`,
  attributes,
});
const declared = accessGraph({
  roles: [role({ name: "runs", path: "/baseline/", trust: trust(...byLambda.Statement), policies: [] })],
  safeguards: [
    safeguard("aws_lambda_function", "baseline-deactivate", { function_name: "baseline-deactivate" }),
    safeguard("aws_scheduler_schedule", "nightly", { group_name: "baseline-deactivate" }),
    safeguard("aws_sns_topic", "baseline-news"),
    safeguard("aws_sns_topic_subscription", "x", { protocol: "email", endpoint: "ops@example.com" }),
  ],
});
const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:baseline-news`;
const asDeclared: RegionalInventory = {
  region: REGION,
  functions: { value: [{ name: "baseline-deactivate", role: RUNS }] },
  functionPolicies: { "baseline-deactivate": { value: null } },
  schedules: { value: [{ name: "nightly", group: "baseline-deactivate", state: "ENABLED", target: ARN }] },
  subscriptions: {
    [TOPIC]: { value: [{ arn: `${TOPIC}:1`, protocol: "email", endpoint: "ops@example.com" }] },
  },
};

function drift(
  difference: Partial<RegionalInventory>,
  roles = [roleDetails("runs", byLambda, { path: "/baseline/" })],
) {
  return judgeDrift({
    environment: "prod",
    plans: [],
    withoutPlan: [{ stack: "prod-credential-hygiene", graph: declared }],
    inventory: accountInventory({ roles }, { regional: { ...asDeclared, ...difference } }),
  });
}
const lines = (...args: Parameters<typeof drift>) =>
  drift(...args).findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`);
const own = { name: "baseline-deactivate", role: RUNS };
const schedule = { name: "again", group: "default", state: "ENABLED", target: `${ARN}:live` };
const permission = (Principal: unknown, more = {}) => ({
  functionPolicies: {
    "baseline-deactivate": {
      value: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Sid: "x", Effect: "Allow", Principal, Action: "lambda:InvokeFunction", Resource: ARN, ...more },
        ],
      }),
    },
  },
});

test("what is as declared is not told", () => {
  const { findings, notChecked, notAsked } = drift({});
  expect([findings, notChecked, notAsked]).toEqual([[], [], undefined]);
});

test.each<[string, Partial<RegionalInventory>, readonly string[]]>([
  [
    "a function with a name of the baseline",
    { functions: { value: [own, { name: "baseline-report", role: "arn:aws:iam::1:role/x" }] } },
    ["high undeclared-function function/baseline-report"],
  ],
  [
    "a function that runs as a role of the baseline",
    { functions: { value: [own, { name: "report", role: RUNS }] } },
    ["high undeclared-function function/report"],
  ],
  [
    "a function of others",
    { functions: { value: [own, { name: "shop", role: "arn:aws:iam::1:role/x" }] } },
    [],
  ],
  [
    "a schedule that invokes a function of the baseline, by its alias",
    { schedules: { value: [schedule] } },
    ["high undeclared-schedule schedule/default/again"],
  ],
  [
    "a schedule in a group of the baseline that is off",
    { schedules: { value: [{ ...schedule, group: "baseline-x", state: "DISABLED", target: "x" }] } },
    ["low undeclared-schedule schedule/baseline-x/again"],
  ],
  ["a schedule of others", { schedules: { value: [{ ...schedule, target: "arn:aws:sqs:x" }] } }, []],
  [
    "a further subscriber",
    {
      subscriptions: {
        [TOPIC]: { value: [{ arn: `${TOPIC}:2`, protocol: "https", endpoint: "https://x.net" }] },
      },
    },
    ["medium undeclared-subscription subscription/baseline-news/https/https://x.net"],
  ],
  [
    "a permission for another account",
    permission({ AWS: "arn:aws:iam::444455556666:root" }),
    ["high undeclared-function-permission function/baseline-deactivate/permission"],
  ],
  [
    "a permission for everybody",
    permission("*"),
    ["critical undeclared-function-permission function/baseline-deactivate/permission"],
  ],
])("%s", (_what, difference, expected) => {
  expect(lines(difference)).toEqual(expected);
});

test("a function whose role is an administrator's is critical", () => {
  const admin = roleDetails("admin", byLambda, { attached: ["arn:aws:iam::aws:policy/AdministratorAccess"] });
  const functions = { value: [own, { name: "baseline-x", role: `arn:aws:iam::${ACCOUNT}:role/admin` }] };
  const found = lines({ functions }, [roleDetails("runs", byLambda, { path: "/baseline/" }), admin]);
  expect(found).toContain("critical undeclared-function function/baseline-x");
});

test("what was asked and not answered is not checked", () => {
  const refused = { notChecked: "ListSchedules: AccessDenied" };
  expect(drift({ schedules: refused }).notChecked).toEqual([
    { rule: "undeclared-schedule", reason: "schedules: ListSchedules: AccessDenied" },
  ]);
});
