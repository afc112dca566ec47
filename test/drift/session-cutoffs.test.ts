import { judgeDrift } from "../../src/drift/judge-drift";
import { planEvidence } from "../../src/drift/plan/plan-evidence";
import type { PolicyDocument } from "../../src/iam/policy-document";
import { sessionCutoffDocument } from "../../src/policies/session-cutoff-policy";
import { accountOf } from "../builders/account-of-plan";
import { drifted, type Plan, set } from "../builders/drifted-plan";
import { guard, identity } from "../fixtures/drift/out-of-band/stacks";

const before = new Date("2026-11-25T08:00:00Z");
const nobody = sessionCutoffDocument([]);
const anna = sessionCutoffDocument([{ userName: "anna", userId: "AIDAQ2YR4XO5OSQJM1PPG", before }]);

/** A stack whose guard were the policy of ended sessions: as it was deployed. */
function holding(document: PolicyDocument): Plan {
  const policy = JSON.stringify(document);
  const of = (entry: Plan["resource_changes"][number]) =>
    entry.address.startsWith(guard)
      ? {
          ...entry,
          change: {
            ...entry.change,
            before: { ...entry.change.before, policy },
            after: { ...entry.change.after, policy },
          },
        }
      : entry;
  return { ...identity, resource_changes: identity.resource_changes.map(of), resource_drift: [] };
}

/** What drift says where the deployed document became another one, which Terraform is told to leave. */
function told(deployed: PolicyDocument, found: PolicyDocument) {
  const plan = drifted(holding(deployed), set(guard, {}, { policy: JSON.stringify(found) }));
  return [false, true].map((withAccount) => {
    const evidence = planEvidence({ stack: "personal-identity", file: "plan.json", json: plan });
    const { findings, notChecked } = judgeDrift({
      environment: "personal",
      plans: [evidence],
      ...(withAccount && { inventory: accountOf(plan) }),
    });
    return [...findings.map(({ severity, rule }) => `${severity} ${rule}`), ...notChecked];
  });
}

const allowing: PolicyDocument = {
  ...anna,
  Statement: [...anna.Statement, { Effect: "Allow", Action: "s3:*", Resource: "*" }],
};
const [first, ...rest] = anna.Statement;
const narrower: PolicyDocument = {
  ...anna,
  Statement: [...(first === undefined ? [] : [{ ...first, Action: "s3:*" }]), ...rest],
};

test.each<[string, PolicyDocument, PolicyDocument, readonly string[]]>([
  ["sessions of a user are ended", nobody, anna, []],
  ["sessions of everybody are ended", nobody, sessionCutoffDocument([{ before }]), []],
  ["sessions may go on again", anna, nobody, []],
  ["something is allowed besides", nobody, allowing, ["high policy-changed"]],
  ["sessions are denied one service alone", anna, narrower, ["critical policy-changed"]],
])("%s", (_what, deployed, found, expected) => {
  expect(told(deployed, found)).toEqual([expected, expected]);
});
