import { judgeDrift } from "../../src/drift/judge-drift";
import { planEvidence } from "../../src/drift/plan/plan-evidence";
import { accountOf } from "../builders/account-of-plan";
import { drifted, type Plan, repaired, set, settled } from "../builders/drifted-plan";
import { identity } from "../fixtures/drift/out-of-band/stacks";
import { trustChanges } from "../fixtures/federation/trusts";

const ROLE = "aws_iam_role.role-daily_";
const document = (statements: readonly unknown[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

function declared(statements: readonly unknown[]): Plan {
  const changed = drifted(identity, set(ROLE, {}, { assume_role_policy: document(statements) }));
  return settled({ ...changed, resource_drift: [] });
}

function lines(plan: Plan) {
  const evidence = planEvidence({ stack: "personal-identity", file: "plan.json", json: plan });
  const { findings, notChecked } = judgeDrift({
    environment: "personal",
    plans: [evidence],
    inventory: accountOf(plan),
  });
  return [findings.map(({ severity, rule, message }) => `${severity} ${rule} ${message}`), notChecked];
}
const changes = trustChanges("123456789012").map((change) => ({ ...change, base: declared(change.before) }));
const rewritten = ({ base, after }: (typeof changes)[number]) =>
  drifted(base, set(ROLE, { assume_role_policy: document(after) }));

describe("a trust by federation that somebody rewrote", () => {
  test.each(changes)("$what: nothing where it is as declared", ({ base }) => {
    expect(lines(base)).toEqual([[], []]);
  });

  test.each(changes)("$what: one finding, gone after its repair", (change) => {
    const plan = rewritten(change);
    const [findings, notChecked] = lines(plan);
    expect([findings?.length, notChecked]).toEqual([1, []]);
    expect(findings?.[0]).toMatch(new RegExp(`^${change.gains ?? "medium"} trust-changed `));
    expect(String(findings?.[0]).includes("only on narrower conditions")).toBe(change.gains === undefined);
    expect(lines(repaired(plan, change.base))).toEqual([[], []]);
  });
});
