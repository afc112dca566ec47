import type { AccountInventory } from "../../src/aws/inventory";
import { judgeDrift } from "../../src/drift/judge-drift";
import { planEvidence } from "../../src/drift/plan/plan-evidence";
import { resourceDrift } from "../../src/drift/plan/resource-drift";
import { policyDocument } from "../../src/iam/policy-document";
import { PlanFile } from "../../src/sources/plan/plan-file";
import { accountInventory, roleDetails } from "../builders/account-inventory";

type Values = Readonly<Record<string, unknown>> | null;
interface Change {
  readonly actions: readonly string[];
  readonly before: Values;
  readonly after: Values;
}

const entry = (type: string, change: Change) => ({
  address: `${type}.x`,
  mode: "managed",
  type,
  name: "x",
  change: { ...change, after_unknown: {} },
});

/** A plan of one resource: how it drifted from the state, and what an apply would do with it. */
function plan(type: string, drift: Change | undefined, change: Change) {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {},
    resource_drift: drift === undefined ? [] : [entry(type, drift)],
    resource_changes: [entry(type, change)],
  };
}

const SCHEDULE = "aws_scheduler_schedule";
const PASSWORD = "aws_iam_account_password_policy";
const on = { name: "nightly", state: "ENABLED" };
const off = { name: "nightly", state: "DISABLED" };
const update = (before: Values, after: Values): Change => ({ actions: ["update"], before, after });
const noOp = (values: Values): Change => ({ actions: ["no-op"], before: values, after: values });

function facts(...args: Parameters<typeof plan>) {
  return resourceDrift(new PlanFile(plan(...args), "plan.json")).facts;
}

test.each([
  ["in both: an apply repairs it", update(on, off), update(off, on), "resource-changed", true],
  ["in the state alone: an apply leaves it", update(on, off), noOp(off), "resource-changed", false],
  ["in the configuration alone: never deployed", undefined, update(on, off), "undeployed-change", true],
  [
    "deleted by hand",
    { actions: ["delete"], before: on, after: null },
    { actions: ["create"], before: null, after: on },
    "resource-deleted",
    true,
  ],
])("a change %s", (_where, drift, change, kind, isRepaired) => {
  expect(facts(SCHEDULE, drift, change)).toMatchObject([{ kind, isRepaired }]);
});

test.each([
  ["null for an empty list", { layers: null }, { layers: [] }],
  ["an empty text for nothing", { description: "" }, {}],
  ["null for an empty object", { tags: null }, { tags: {} }],
  ["empty blocks within blocks", { target: [{ input: "" }] }, { target: [{}] }],
  ["JSON with keys in another order", { policy: '{"a":1,"b":[2]}' }, { policy: '{"b":[2],"a":1}' }],
  ["a time of the last change", { last_modified: "2026-11-22" }, { last_modified: "2026-11-23" }],
])("%s is noise", (_what, before, after) => {
  expect(facts("aws_lambda_function", update(before, after), noOp(after))).toEqual([]);
});

function findings(...args: Parameters<typeof plan>) {
  const evidence = planEvidence({ stack: "prod-credential-hygiene", file: "plan.json", json: plan(...args) });
  return judgeDrift({ environment: "prod", plans: [evidence] }).findings;
}

test.each([
  ["a schedule that is switched off", SCHEDULE, on, off, "high"],
  ["code of a function", "aws_lambda_function", { source_code_hash: "a" }, { source_code_hash: "b" }, "high"],
  [
    "an alarm that tells nobody",
    "aws_cloudwatch_metric_alarm",
    { alarm_actions: ["a"] },
    { alarm_actions: [] },
    "high",
  ],
  ["a description", "aws_lambda_function", { description: "a" }, { description: "b" }, "low"],
  [
    "a password policy that is weaker",
    PASSWORD,
    { minimum_password_length: 14 },
    { minimum_password_length: 8 },
    "medium",
  ],
  [
    "a password policy that is stricter",
    PASSWORD,
    { minimum_password_length: 14 },
    { minimum_password_length: 20 },
    "low",
  ],
])("%s is weighed", (_what, type, declared, actual, severity) => {
  expect(findings(type, update(declared, actual), update(actual, declared))).toMatchObject([{ severity }]);
});

test("a user with another unique id was deleted and made again", () => {
  const values = { name: "work", path: "/", arn: "arn:aws:iam::111122223333:user/work", tags: null };
  const was = { ...values, unique_id: "AIDAQ2YR4XO5OSQJM1PPG" };
  const is = { ...values, unique_id: "AIDA9ZYR4XO5OSQJM1PPG" };
  expect(findings("aws_iam_user", update(was, is), noOp(is))).toMatchObject([
    { rule: "principal-recreated", severity: "high", address: "user/work" },
  ]);
});

describe("a plan that shows a unique id in a trust", () => {
  const ARN = "arn:aws:iam::111122223333:role/baseline/daily";
  const LAPTOP = "arn:aws:iam::111122223333:user/baseline/device/laptop";
  const trusting = (AWS: string) =>
    policyDocument({ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" });
  const values = (principal: string) => ({
    name: "daily",
    path: "/baseline/",
    arn: ARN,
    assume_role_policy: JSON.stringify(trusting(principal)),
    max_session_duration: 3600,
  });
  const [well, gone] = [values(LAPTOP), values("AIDAQ2YR4XO5OSQJM1PPG")];
  const evidence = planEvidence({
    stack: "prod-identity",
    file: "plan.json",
    json: plan("aws_iam_role", update(well, gone), update(gone, well)),
  });
  const role = roleDetails("daily", trusting(LAPTOP), { path: "/baseline/" });
  const rules = (...inventories: readonly AccountInventory[]) =>
    judgeDrift({
      environment: "prod",
      plans: [evidence],
      ...(inventories[0] !== undefined && { inventory: inventories[0] }),
    }).findings.map(({ rule }) => rule);

  test("tells it where nobody else can be asked", () => {
    expect(rules()).toEqual(["principal-recreated"]);
  });

  test("tells nothing where the account, asked later, shows the user again", () => {
    expect(rules(accountInventory({ roles: [role] }))).toEqual([]);
  });
});

test("a plan that was targeted is not taken for a whole one", () => {
  const json = { ...plan(SCHEDULE, undefined, noOp(on)), complete: false };
  const evidence = planEvidence({ stack: "prod-identity", file: "plan.json", json });
  expect(judgeDrift({ environment: "prod", plans: [evidence] }).notChecked).toEqual([
    { rule: "stack prod-identity", reason: expect.stringContaining("not complete") },
  ]);
});

describe("a sensitive value", () => {
  const [declared, actual] = [{ value: "hunter2-OLD" }, { value: "hunter2-HAND" }];
  const marks = { before_sensitive: { value: true }, after_sensitive: { value: true } };
  const json = plan("aws_ssm_parameter", update(declared, actual), update(actual, declared));
  const marked = (entries: typeof json.resource_changes) =>
    entries.map((item) => ({ ...item, change: { ...item.change, ...marks } }));
  const whole = {
    ...json,
    resource_drift: marked(json.resource_drift),
    resource_changes: marked(json.resource_changes),
  };
  const evidence = planEvidence({ stack: "prod-app", file: "plan.json", json: whole });
  const drift = judgeDrift({ environment: "prod", plans: [evidence] });

  test("is told to have changed", () => {
    expect(drift.findings).toMatchObject([
      { rule: "resource-changed", message: expect.stringContaining("(sensitive value)") },
    ]);
  });

  test("is nowhere shown", () => {
    expect(JSON.stringify(drift)).not.toContain("hunter2");
  });
});

test("what decides access and is read by nobody is left open, never clean", () => {
  // the role is of another stack, so that nobody here knows what it carries
  const attachment = { role: "elsewhere", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
  const other = { ...attachment, policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" };
  const evidence = planEvidence({
    stack: "prod-app",
    file: "plan.json",
    json: plan("aws_iam_role_policy_attachment", update(attachment, other), noOp(other)),
  });
  expect(judgeDrift({ environment: "prod", plans: [evidence] }).notChecked).toEqual([
    { rule: "stack prod-app", reason: expect.stringContaining("policy_arn differs") },
  ]);
});

test("grows linearly with the account", () => {
  const cpu = (count: number) => {
    const changes = Array.from({ length: count }, (_, index) => {
      const name = `user-${index}`;
      const values = {
        name,
        path: "/baseline/device/",
        arn: `arn:aws:iam::111122223333:user/baseline/device/${name}`,
      };
      return { ...entry("aws_iam_user", noOp(values)), address: `aws_iam_user.${name}`, name };
    });
    const json = { ...plan(SCHEDULE, undefined, noOp(on)), resource_changes: changes };
    const { user } = process.cpuUsage();
    judgeDrift({ environment: "prod", plans: [planEvidence({ stack: "s", file: "f", json })] });
    return process.cpuUsage().user - user;
  };
  cpu(500);
  const [small, large] = [Math.min(cpu(1_000), cpu(1_000)), Math.min(cpu(4_000), cpu(4_000))];
  // four times as much work; twice that leaves room for noise, and a quadratic one takes sixteen
  expect(large / small).toBeLessThan(10);
});
