import type { Role } from "../iam/graph";
import type { PolicyDocument } from "../iam/policy-document";
import { type AccessComparison, type AccessFact, addressOf } from "./access-fact";
import { isSameAccess, knownDocument } from "./known-document";
import { awsPrincipals, uniqueIdsIn, withoutPrincipals, withRenamedPrincipals } from "./trust-ids";

/**
 * How the trust policy of a role differs from the declared one. Unique ids of deleted principals are told apart from
 * what somebody wrote.
 *
 * @param movedArns ARNs of principals whose path changed, to the declared ones: IAM rewrites trust policies itself
 */
export function compareTrust(
  declared: Role,
  actual: Role,
  movedArns: ReadonlyMap<string, string>,
): AccessComparison {
  if (declared.trust.document === actual.trust.document) return { facts: [], notCompared: [] };
  const address = addressOf(actual);
  const declaredTrust = knownDocument(declared.trust);
  const foundTrust = knownDocument(actual.trust);
  if (!("Statement" in declaredTrust) || !("Statement" in foundTrust)) {
    const reason = "reason" in declaredTrust ? declaredTrust.reason : reasonOf(foundTrust);
    return { facts: [], notCompared: [{ address, reason }] };
  }
  const actualTrust = withRenamedPrincipals(foundTrust, movedArns);
  const facts: AccessFact[] = [];
  const expected = awsPrincipals(declaredTrust);
  const ids = uniqueIdsIn(actualTrust).filter((id) => !expected.includes(id));
  const present = awsPrincipals(actualTrust);
  const arns = ids.length === 0 ? [] : expected.filter((arn) => !present.includes(arn));
  if (ids.length > 0) facts.push({ kind: "principal-recreated", address, trustedBy: actual, arns });
  const declaredRest = withoutPrincipals(declaredTrust, arns);
  const actualRest = withoutPrincipals(actualTrust, ids);
  if (!isSameAccess(declaredRest, actualRest)) {
    facts.push({
      kind: "trust-changed",
      address,
      declared: withTrust(declared, declaredRest),
      actual: withTrust(actual, actualRest),
    });
  }
  return { facts, notCompared: [] };
}

function reasonOf(trust: PolicyDocument | { readonly reason: string }): string {
  return "reason" in trust ? trust.reason : "";
}

function withTrust(role: Role, document: PolicyDocument): Role {
  return { ...role, trust: { ...role.trust, document } };
}
