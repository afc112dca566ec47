import type { Uncovered } from "../../../iam/comparison/coverage";
import { principalWords } from "../../principals/principal-names";
import { type Draft, listed } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { atomsText } from "../../weight";
import type { JudgingContext } from "../by-nature/resource-change";
import { DENY_REMOVED } from "../guard-rails/deny-removed";
import { DENY_WEAKENED } from "../guard-rails/deny-weakened";
import { conditionsOfDeny } from "../guard-rails/deny-words";

/** Whom the policy of a resource denied something, and denies it no longer. */
export function resourceDenyRemoved(
  { atoms, grant, but }: Uncovered,
  base: Pick<Draft, "address">,
  { after }: JudgingContext,
): Draft {
  const isNegated = atoms.some(({ principals }) => principals.negated);
  const patterns = [...new Set(atoms.flatMap(({ principals }) => principals.patterns))];
  const names = listed(patterns.map((text) => principalWords(text, after)));
  const whom = isNegated ? `everybody but ${names}` : names;
  return {
    ...base,
    rule: but === undefined ? DENY_REMOVED : DENY_WEAKENED,
    severity: "high",
    category: "guard-rails",
    subjects: [],
    predicate: `${base.address} no longer denies ${whom === "*" ? "anybody" : whom} ${atomsText(atoms)}${conditionsOfDeny(grant.clauses)}`,
    remedy: "Put the Deny back.",
    evidence: statementDiff(grant.statement, but?.grant.statement),
  };
}
