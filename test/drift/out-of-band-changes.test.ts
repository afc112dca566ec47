import { DRIFT_RULES } from "../../src/drift/drift-rules";
import { judgeDrift } from "../../src/drift/judge-drift";
import { planEvidence } from "../../src/drift/plan/plan-evidence";
import type { Severity } from "../../src/findings/severity";
import {
  drifted,
  type OutOfBand,
  type Plan,
  removed,
  repaired,
  set,
  setForNew,
} from "../builders/drifted-plan";
import { CASES } from "../fixtures/drift/out-of-band/cases";
import {
  bucket,
  everyone,
  hashed,
  hygiene,
  identity,
  lambda,
  team,
  teamHygiene,
  topicPolicy,
  variables,
} from "../fixtures/drift/out-of-band/stacks";

/** What drift says of a plan of one stack: severity, rule and address of each finding. */
function report(plan: Plan) {
  const evidence = planEvidence({ stack: "personal-identity", file: "plan.json", json: plan });
  const { findings, notChecked } = judgeDrift({ environment: "personal", plans: [evidence] });
  return {
    lines: findings.map(
      ({ severity, rule, address }) => `${severity} ${rule} ${address.replace(/_[0-9A-F]{8}$/, "")}`,
    ),
    findings,
    notChecked,
  };
}

/** Whether the catalogue lists a severity of a rule. */
function isDeclared(rule: string, severity: Severity): boolean {
  return DRIFT_RULES.some(({ id, severities }) => id === rule && severities.includes(severity));
}

describe("a change behind Terraform's back", () => {
  test.each(CASES)("%s: one finding, and nothing left open", (_what, plan, changes, expected) => {
    const { lines, notChecked, findings } = report(drifted(plan, ...changes));
    expect(lines).toEqual(expected);
    expect(notChecked).toEqual([]);
    expect(findings.filter(({ rule, severity }) => !isDeclared(rule, severity))).toEqual([]);
  });

  test.each(CASES)("%s: nothing is left after its repair", (_what, plan, changes) => {
    const { lines, notChecked } = report(repaired(drifted(plan, ...changes), plan));
    expect([lines, notChecked]).toEqual([[], []]);
  });
});

test.each([
  ["identity", identity],
  ["hygiene", hygiene],
  ["team identity", team],
  ["team hygiene", teamHygiene],
  ["state bucket", bucket],
])("right after an apply of %s there is nothing", (_stack, plan) => {
  expect(report(plan)).toMatchObject({ lines: [], notChecked: [] });
});

test("code that was replaced is told after the state took it in, too", () => {
  const replacement = set(lambda, {}, { code_sha256: `${"A".repeat(43)}=` });
  const refreshed = { ...drifted(hashed, replacement), resource_drift: [] };
  expect(report(refreshed).lines).toEqual([`high resource-changed ${lambda}`]);
});

describe("what is said", () => {
  const messageOf = (plan: Plan, ...changes: readonly OutOfBand[]) =>
    report(drifted(plan, ...changes)).findings.map(({ message }) => message)[0];

  test("a value of JSON in a variable, by its place", () => {
    const rules = variables((all) => ({
      ...all,
      KEY_RULES: String(all["KEY_RULES"]).replace('"maxAgeDays":90', '"maxAgeDays":9000'),
    }));
    expect(messageOf(hygiene, set(lambda, rules))).toContain(
      "environment.variables.KEY_RULES.rules[0].maxAgeDays is 9000, declared is 90",
    );
  });

  test("an item of a list, not the list", () => {
    const clients = { client_id_list: ["sts.amazonaws.com", "evil"] };
    expect(messageOf(team, set("aws_iam_openid_connect_provider", clients))).toContain(
      "client id list also has evil",
    );
  });

  test("who gains what by the policy of a topic", () => {
    expect(messageOf(hygiene, ...topicPolicy(everyone.replace("sqs:*", "sns:*")))).toContain(
      "lets anybody in any AWS account do sns:*",
    );
  });

  test("how replaced code comes back, and what an apply puts back beside it", () => {
    const code = { code_sha256: `${"A".repeat(43)}=` };
    const remedy = (...changes: readonly OutOfBand[]) =>
      report(drifted(hashed, ...changes)).findings[0]?.remedy;
    const upload = "`aws lambda update-function-code --function-name baseline-deactivate-access-keys";
    expect(remedy(set(lambda, {}, code))).toContain(`Run ${upload}`);
    expect(remedy(set(lambda, { timeout: 3 }, code))).toContain(
      `Run \`npx cdktf deploy personal-identity\`, and ${upload}`,
    );
  });

  test("a password policy that is gone, by name", () => {
    expect(messageOf(identity, removed("aws_iam_account_password_policy"))).toMatch(
      /^The password policy of the account was deleted/,
    );
  });

  test("a subscription that has another endpoint is made again, and told once", () => {
    const change = setForNew("aws_sns_topic_subscription.topic", { endpoint: "me@example.net" });
    expect(report(drifted(teamHygiene, change)).lines).toEqual([
      "high resource-changed aws_sns_topic_subscription.topic_email-0",
    ]);
  });
});
