import type { Severity } from "../../../findings/severity";
import type { Clause } from "../../../iam/comparison/clause";
import { grantsOf } from "../../../iam/comparison/grant";
import type { Unknown } from "../../../iam/graph";
import type { PolicyDocument } from "../../../iam/policy-document";
import { conditionKind } from "../../condition-words";
import { isPinned } from "../../pinning-conditions";
import { federatedOpenness, hasExactSubject, isPrescribedTrust } from "./federated-trust";
import type { TrustGain } from "./trust-gain";

/** Anybody, another account, a token without a subject: worse than any listed principal. */
export function openness({ patterns, isNegated, difference, context }: TrustGain): Severity | undefined {
  const { clauses } = difference.grant;
  const { after, accounts: reviewed } = context.settings;
  const pinned = isPinned(clauses, ["principal"]);
  if (isNegated || (patterns.includes("*") && !pinned)) return "critical";
  const federated = federatedOpenness(patterns, clauses);
  if (federated !== undefined) return federated;
  const own = new Set([...after.users, ...after.roles].map(({ accountId }) => accountId));
  const isForeign = patterns.some((text) => {
    const account = /^AWS arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(text)?.[1];
    if (account === undefined || own.has(account)) return false;
    // named users of an account under review; its root would let all of it in
    return text.endsWith(":root") || !reviewed.has(account);
  });
  const isRoot = patterns.some((text) => /^AWS arn:[^:]*:iam::\d{12}:root$/.test(text));
  const hasExternalId = clauses.some((clause) => conditionKind(clause).id === "external-id");
  if (isForeign && isRoot && !hasExternalId && !pinned) return "critical";
  return isForeign || (isRoot && !pinned) ? "high" : undefined;
}

/** Held to MFA, to a token's subject, or to what AWS prescribes for a provider. */
export function isGuardedTrust(clauses: readonly Clause[], patterns: readonly string[]): boolean {
  const asksForMfa = clauses.some(
    ({ key, operator, values }) =>
      key === "aws:multifactorauthpresent" &&
      operator === "Bool" &&
      values.every((value) => value === "true"),
  );
  return asksForMfa || hasExactSubject(clauses) || isPrescribedTrust(patterns, clauses);
}

/** Whether tokens or assertions of others reach the role. */
export function isFederatedTrust(document: PolicyDocument | Unknown): boolean {
  return (
    !("unknown" in document) &&
    grantsOf(document).some(
      ({ effect, principals }) =>
        effect === "Allow" && principals.patterns.some((text) => text.startsWith("Federated ")),
    )
  );
}
