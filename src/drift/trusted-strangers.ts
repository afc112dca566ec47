import { accessChange } from "../iam/comparison/access-change";
import type { Clause } from "../iam/comparison/clause";
import type { AccessGraph, Role } from "../iam/graph";
import { policyDocument } from "../iam/policy-document";
import { isPinned } from "../review/pinning-conditions";
import { principalWords } from "../review/principals/principal-names";
import { hasExactSubject } from "../review/rules/trust/openness";
import { meetsAction } from "../review/weight";

/** Somebody outside of the known accounts who may assume a role. */
export interface TrustedStranger {
  /** `anybody in any AWS account`, `account 999988887777`, `identities of token.actions.githubusercontent.com` */
  readonly who: string;
  /** One who has to name a secret, as vendors do. */
  readonly hasExternalId: boolean;
}

const ASSUMING = ["sts:assumerole", "sts:assumerolewithwebidentity", "sts:assumerolewithsaml"];

/**
 * Whom the trust policy of a role lets in who is none of the account's own: everybody, other accounts, and tokens of a
 * provider without an exact subject. Pieces that a Deny takes away whole are left out; conditions that name the account,
 * an organization or principals of the known accounts make nobody a stranger.
 *
 * @param accounts ids of the account itself and of every account of the project
 */
export function trustedStrangers(
  { trust }: Role,
  accounts: ReadonlySet<string>,
  graph: AccessGraph,
): readonly TrustedStranger[] {
  const { document } = trust;
  if ("unknown" in document) return [];
  const { gained } = accessChange({ identity: [policyDocument()] }, { identity: [document] });
  const found = gained.flatMap(({ grant, atoms }) => {
    const { clauses } = grant;
    const hasExternalId = clauses.some(({ key, parsed }) => key === "sts:externalid" && !parsed?.negated);
    return atoms
      .filter(({ actions }) => ASSUMING.some((action) => meetsAction(actions, action)))
      .flatMap(({ principals: { patterns, negated } }) =>
        negated ? ["*"] : patterns.filter((text) => isStranger(text, clauses, accounts)),
      )
      .filter((text) => text !== "*" || isStranger(text, clauses, accounts))
      .map((text) => ({ who: principalWords(text, graph), hasExternalId }));
  });
  return [...new Map(found.map((stranger) => [stranger.who, stranger])).values()];
}

function isStranger(text: string, clauses: readonly Clause[], accounts: ReadonlySet<string>): boolean {
  if (text === "*") {
    const named = accountsIn(clauses);
    return named.length > 0 ? named.some((id) => !accounts.has(id)) : !isPinned(clauses, ["principal"]);
  }
  const account = /^AWS arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(text)?.[1];
  if (account !== undefined) return !accounts.has(account);
  if (/^Federated (?:arn:[^:]*:iam::\d{12}:saml-provider\/)/.test(text)) return false;
  if (text === "Federated cognito-identity.amazonaws.com") {
    return !isPositive(clauses, "cognito-identity.amazonaws.com:aud");
  }
  return text.startsWith("Federated ") && !hasExactSubject(clauses);
}

/** Accounts that conditions hold the caller to, by its ARN or its account. */
function accountsIn(clauses: readonly Clause[]): readonly string[] {
  return clauses
    .filter(
      ({ key, parsed }) => isCallerKey(key) && parsed !== undefined && !parsed.negated && !parsed.ifExists,
    )
    .flatMap(({ values }) => values)
    .flatMap((value) => /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(value)?.[1] ?? []);
}

function isCallerKey(key: string): boolean {
  return key === "aws:principalarn" || key === "aws:principalaccount" || key === "aws:sourceaccount";
}

function isPositive(clauses: readonly Clause[], key: string): boolean {
  return clauses.some((clause) => clause.key === key && clause.parsed?.negated === false);
}
