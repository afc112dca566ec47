import { defineRule } from "../../findings/rule";
import type { Severity } from "../../findings/severity";
import { accessChange } from "../../iam/comparison/access-change";
import { statementDiff } from "../../review/statement-diff";
import { atomsText, weightOf, worse } from "../../review/weight";
import type { FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule, Judgement } from "../drift-rule";

export const POLICY_CHANGED = defineRule({
  id: "policy-changed",
  area: "drift",
  title: "A policy says something else than what was deployed",
  severities: ["critical", "high", "medium"],
  why: "Everybody who carries it has other rights than those that were reviewed. It is critical where a Deny is weaker or administrator rights are new. Documents are compared by meaning: another order or a renamed Sid is no change.",
  example: {
    before: "the guard denies everything without MFA",
    after: "somebody made a version of it that denies s3:* only, and set it as the default",
  },
  remedy: "Deploy the stack, which writes the declared document again.",
  since: "0.1.0",
});

const MOST_CARRIERS = 5;

type Fact = FactOf<"policy-changed">;

export const policyChanged: AccessRule<Fact, "policy-changed"> = {
  declaration: POLICY_CHANGED,
  judge,
  remedy: ({ address }, isRepaired, wording) =>
    isRepaired
      ? deployRemedy(address, wording)
      : lookAgainRemedy(address, wording, `or declare it in ${environmentFile(wording)}`),
  undeployed: ({ name }) => `policy ${name} is to be rewritten`,
};

function judge({ name, carriers, declared, actual }: Fact): Judgement {
  const change = accessChange({ identity: [declared] }, { identity: [actual] });
  const gained = change.gained.flatMap(({ atoms }) => atoms);
  const undenied = change.undenied.flatMap(({ atoms }) => atoms);
  const lost = change.lost.flatMap(({ atoms }) => atoms);
  const denied = change.denied.flatMap(({ atoms }) => atoms);
  const parts = [
    ...(gained.length > 0 ? [`it now also allows ${atomsText(gained)}`] : []),
    ...(undenied.length > 0 ? [`it no longer denies as before ${atomsText(undenied)}`] : []),
    ...(lost.length > 0 ? [`it no longer allows ${atomsText(lost)}`] : []),
    ...(denied.length > 0 ? [`it now also denies ${atomsText(denied)}`] : []),
  ];
  const severities: readonly Severity[] = [
    "medium",
    ...(gained.length > 0 ? [weightOf(gained).severity] : []),
    ...(undenied.length > 0 ? (["critical"] as const) : []),
  ];
  const who =
    carriers.length === 0 ? "carried by nobody" : `carried by ${carriers.slice(0, MOST_CARRIERS).join(", ")}`;
  return {
    severity: severities.reduce(worse),
    message: `Policy ${name} (${who}) was rewritten: ${parts.join("; ")}.`,
    evidence: [
      ...[...change.gained, ...change.denied].flatMap(({ grant, but }) =>
        statementDiff(but?.grant.statement, grant.statement),
      ),
      ...[...change.lost, ...change.undenied].flatMap(({ grant, but }) =>
        statementDiff(grant.statement, but?.grant.statement),
      ),
    ],
  };
}
