import type { Uncovered } from "../../../iam/comparison/coverage";
import { clausesText, conditionsText } from "../../condition-words";
import { subjectOf } from "../../principals/placed-policies";
import { principalWords } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { DENY_REMOVED } from "../guard-rails/deny-removed";
import { DENY_WEAKENED } from "../guard-rails/deny-weakened";
import type { TrustContext } from "./trust-settings";

/** Whom a Deny of a trust policy kept out, and keeps out no longer. */
export function trustUndenied(difference: Uncovered, { after, settings }: TrustContext): Draft {
  const patterns = [...new Set(difference.atoms.flatMap(({ principals }) => principals.patterns))];
  const names = patterns.map((text) => principalWords(text, settings.after)).join(", ");
  const added = difference.but?.clauses ?? [];
  const unless = added.length > 0 ? ` unless also ${clausesText(added)}` : "";
  return {
    rule: difference.but === undefined ? DENY_REMOVED : DENY_WEAKENED,
    severity: settings.isAdministrator(after) ? "critical" : "high",
    category: "guard-rails",
    address: after.address,
    subjects: [subjectOf(after)],
    predicate: `no longer denies ${names} to assume it${conditionsText(difference.grant.clauses)}${unless}`,
    remedy: "Put the Deny back into the trust policy.",
    evidence: statementDiff(difference.grant.statement, difference.but?.grant.statement),
  };
}
