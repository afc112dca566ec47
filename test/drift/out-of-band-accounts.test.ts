import { judgeDrift } from "../../src/drift/judge-drift";
import { planEvidence } from "../../src/drift/plan/plan-evidence";
import { accountOf } from "../builders/account-of-plan";
import { drifted, type Plan, repaired } from "../builders/drifted-plan";
import { CASES } from "../fixtures/drift/out-of-band/cases";
import { bucket, hygiene, identity, team, teamHygiene } from "../fixtures/drift/out-of-band/stacks";

/** What drift says of a plan and of the account in which it was made. */
function lines(plan: Plan) {
  const evidence = planEvidence({ stack: "personal-identity", file: "plan.json", json: plan });
  const { findings, notChecked } = judgeDrift({
    environment: "personal",
    plans: [evidence],
    inventory: accountOf(plan),
  });
  const told = findings.map(
    ({ severity, rule, address }) => `${severity} ${rule} ${address.replace(/_[0-9A-F]{8}$/, "")}`,
  );
  return [told, notChecked];
}

test.each([
  ["identity", identity],
  ["hygiene", hygiene],
  ["team identity", team],
  ["team hygiene", teamHygiene],
  ["state bucket", bucket],
])("right after an apply of %s there is nothing", (_stack, plan) => {
  expect(lines(plan)).toEqual([[], []]);
});

describe("a change behind Terraform's back, in the plan and in the account", () => {
  test.each(CASES)("%s: one finding, and nothing left open", (_what, plan, changes, expected) => {
    expect(lines(drifted(plan, ...changes))).toEqual([expected, []]);
  });

  test.each(CASES)("%s: nothing is left after its repair", (_what, plan, changes) => {
    expect(lines(repaired(drifted(plan, ...changes), plan))).toEqual([[], []]);
  });
});
