import { defineRule } from "../../../findings/rule";
import type { Uncovered } from "../../../iam/comparison/coverage";
import { lostText } from "../../condition-words";
import type { Draft } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { atomsText, weightOf } from "../../weight";

export const HELD_POLICY_WIDENED = defineRule({
  id: "held-policy-widened",
  area: "review",
  title: "A policy with a fixed holder allows more",
  severities: ["critical", "high", "medium", "low"],
  why: "A permission set, an IoT policy or a session policy gives its holder what it says, and nobody else anything. It weighs as the same permission would on a role.",
  example: { before: '"Action": "s3:GetObject"', after: '"Action": ["s3:GetObject", "s3:PutObject"]' },
  remedy: "Grant it only if it is meant: to the few actions and resources that are needed.",
  reference: {
    title: "Create permission sets",
    url: "https://docs.aws.amazon.com/singlesignon/latest/userguide/howtocreatepermissionset.html",
  },
  since: "0.2.0",
});

export function heldPolicyWidened(
  difference: Uncovered,
  base: Pick<Draft, "address">,
  holder: string,
): Draft {
  const { atoms, grant, but } = difference;
  const { severity, isAdministrator } = weightOf(atoms);
  const without = but === undefined ? "" : ` ${lostText(but.clauses, grant.clauses)}`;
  return {
    ...base,
    rule: HELD_POLICY_WIDENED,
    severity,
    category: "access",
    subjects: [],
    predicate: `${holder} may do ${isAdministrator ? "everything: " : ""}${atomsText(atoms)}${without} by the policy of ${base.address}`,
    evidence: statementDiff(but?.grant.statement, grant.statement),
  };
}
