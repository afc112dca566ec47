import type { Uncovered } from "../../../iam/comparison/coverage";
import { grantsOf } from "../../../iam/comparison/grant";
import { principalWords } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { roleLost } from "./role-lost";
import { roleUnreachable } from "./role-unreachable";
import { trustConditionAdded } from "./trust-condition-added";
import type { TrustContext } from "./trust-settings";

/** Whom a trust policy keeps out from now on, or holds to more. */
export function trustLost(difference: Uncovered, { after, settings }: TrustContext): Draft {
  const patterns = [...new Set(difference.atoms.flatMap(({ principals }) => principals.patterns))];
  const loss = {
    difference,
    role: after,
    base: {
      address: after.address,
      subjects: patterns.map((text) => principalWords(text, settings.before)),
      evidence: statementDiff(difference.grant.statement, difference.but?.grant.statement),
    },
  };
  const { document } = after.trust;
  const isUnreachable =
    !("unknown" in document) && grantsOf(document).every(({ effect }) => effect === "Deny");
  if (isUnreachable) return roleUnreachable(loss);
  return difference.but === undefined ? roleLost(loss) : trustConditionAdded(loss, difference.but.clauses);
}
