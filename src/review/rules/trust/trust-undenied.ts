import type { Severity } from "../../../findings/severity";
import type { Uncovered } from "../../../iam/comparison/coverage";
import { conditionKind } from "../../condition-words";
import { subjectOf } from "../../principals/placed-policies";
import { principalWords } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { worse } from "../../weight";
import { DENY_REMOVED } from "../guard-rails/deny-removed";
import { DENY_WEAKENED } from "../guard-rails/deny-weakened";
import { conditionsOfDeny } from "../guard-rails/deny-words";
import type { TrustContext } from "./trust-settings";

/** Whom a Deny of a trust policy kept out, and keeps out no longer. */
export function trustUndenied(difference: Uncovered, { after, settings }: TrustContext): Draft {
  const patterns = [...new Set(difference.atoms.flatMap(({ principals }) => principals.patterns))];
  const isNegated = difference.atoms.some(({ principals }) => principals.negated);
  const names = `${isNegated ? "everybody but " : ""}${patterns.map((text) => principalWords(text, settings.after)).join(", ")}`;
  const added = difference.but?.clauses ?? [];
  const only = added.length > 0 ? ` but those${conditionsOfDeny(added)}` : "";
  return {
    rule: difference.but === undefined ? DENY_REMOVED : DENY_WEAKENED,
    severity: settings.isAdministrator(after) ? "critical" : severityOf(difference, patterns, isNegated),
    category: "guard-rails",
    address: after.address,
    subjects: [subjectOf(after)],
    predicate: `no longer denies ${names} to assume it${conditionsOfDeny(difference.grant.clauses)}${only}`,
    remedy: "Put the Deny back into the trust policy.",
    evidence: statementDiff(difference.grant.statement, difference.but?.grant.statement),
  };
}

/** As grave as the same condition lost by the Allow; everybody but one is as grave as everybody. */
function severityOf(
  { grant: { clauses } }: Uncovered,
  patterns: readonly string[],
  isNegated: boolean,
): Severity {
  if (clauses.length > 0)
    return clauses.map((clause) => conditionKind(clause).severity).reduce(worse, "high");
  return isNegated || patterns.includes("*") ? "critical" : "high";
}
