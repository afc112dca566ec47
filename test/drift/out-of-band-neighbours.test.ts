import { judgeDrift } from "../../src/drift/judge-drift";
import { planEvidence } from "../../src/drift/plan/plan-evidence";
import { accountOf } from "../builders/account-of-plan";
import { drifted, type Plan, repaired } from "../builders/drifted-plan";
import { DOCUMENTS } from "../fixtures/drift/out-of-band/documents";
import { SETTINGS } from "../fixtures/drift/out-of-band/settings";
import { TRUSTS } from "../fixtures/drift/out-of-band/trusts";

/** What drift says of a plan, with or without the account in which it was made. */
function lines(plan: Plan, withAccount: boolean): readonly string[] {
  const evidence = planEvidence({ stack: "personal-identity", file: "plan.json", json: plan });
  const { findings, notChecked } = judgeDrift({
    environment: "personal",
    plans: [evidence],
    ...(withAccount && { inventory: accountOf(plan) }),
  });
  return [
    ...findings.map(
      ({ severity, rule, address }) => `${severity} ${rule} ${address.replace(/_[0-9A-F]{8}$/, "")}`,
    ),
    ...notChecked.map(({ reason }) => `not checked: ${reason}`),
  ];
}

test.each([...TRUSTS, ...DOCUMENTS, ...SETTINGS])("%s", (_what, plan, changes, expected) => {
  const changed = drifted(plan, ...changes);
  expect([lines(changed, false), lines(changed, true)]).toEqual([expected, expected]);
  expect(lines(repaired(changed, plan), true)).toEqual([]);
});
