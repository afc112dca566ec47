import type { Clause } from "../../../iam/comparison/clause";
import { grantsOf } from "../../../iam/comparison/grant";
import type { User } from "../../../iam/graph";
import type { Statement } from "../../../iam/policy-document";
import { conditionKind } from "../../condition-words";
import { placedPolicies } from "../../principals/placed-policies";

/** A Deny of nearly everything that hinges on MFA or the network. */
export function isGuardStatement(statement: Statement): boolean {
  const [grant] = grantsOf({ Version: "2012-10-17", Statement: [statement] });
  if (grant === undefined || grant.effect !== "Deny") return false;
  const isBroad = grant.actions.negated || grant.actions.patterns.includes("*");
  return isBroad && grant.clauses.some((clause) => ["mfa", "network"].includes(conditionKind(clause).id));
}

/** Whether a guard is among the policies of a user or of its groups. */
export function isGuarded(user: User): boolean {
  return placedPolicies(user).some(
    ({ policy: { document } }) => !("unknown" in document) && document.Statement.some(isGuardStatement),
  );
}

/** What a guard asked for, before the details: `needs MFA no longer: `. */
export function guardWords(clauses: readonly Clause[], how: "no longer" | "less strictly"): string {
  const kinds = new Set(clauses.map((clause) => conditionKind(clause).id));
  const asked = [
    ...(kinds.has("mfa") ? ["MFA"] : []),
    ...(kinds.has("mfa-age") ? ["recent MFA"] : []),
    ...(clauses.some(({ key }) => /^aws:(?:vpc)?source(?:ip|vpc|vpce)$/.test(key))
      ? ["an allowed network"]
      : []),
  ].join(" and ");
  return asked === "" ? "is " : `needs ${asked} ${how}: `;
}
