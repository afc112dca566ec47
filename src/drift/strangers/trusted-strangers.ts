import { accessChange } from "../../iam/comparison/access-change";
import { grantsOf } from "../../iam/comparison/grant";
import type { AccessGraph, Role } from "../../iam/graph";
import { listOf, type PolicyDocument, policyDocument, type Statement } from "../../iam/policy-document";
import { principalWords } from "../../review/principals/principal-names";
import { meetsAction } from "../../review/weight";
import { awsStrangers } from "./aws-strangers";
import { ownersIn, tokenBearer } from "./token-strangers";

/** Somebody outside of the known accounts who may assume a role. */
export interface TrustedStranger {
  /** `anybody in any AWS account`, `account 999988887777`, `identities of token.actions.githubusercontent.com` */
  readonly who: string;
  /** Somebody in particular: a vendor who has to name a secret, an owner on GitHub, guests of one pool. */
  readonly isNamed: boolean;
}

export interface KnownCallers {
  /** Ids of the account itself and of every account of the project. */
  readonly accounts: ReadonlySet<string>;
  /** Owners of repositories on GitHub whom declared roles trust, in lower case. */
  readonly owners: ReadonlySet<string>;
}

const BY_TOKEN = ["sts:assumerolewithwebidentity", "sts:assumerolewithsaml"];

/**
 * Whom the trust policy of a role lets in who is none of the account's own: everybody, other accounts, guests, and tokens
 * of a provider without an exact subject. Conditions that name the account, an organization or principals of the known
 * accounts make nobody a stranger, in an Allow as in a Deny of all others.
 */
export function trustedStrangers(
  role: Role,
  known: KnownCallers,
  graph: AccessGraph,
): readonly TrustedStranger[] {
  const { document } = role.trust;
  if ("unknown" in document) return [];
  const allows = document.Statement.filter((one) => one.Effect === "Allow" && mayAssume(one));
  const found = [
    ...awsStrangers(role, allows, known.accounts).map(({ text, hasExternalId }) => ({
      who: wordsOf(text, graph),
      isNamed: hasExternalId,
    })),
    ...bearers(document, known, graph),
  ];
  return [...new Map(found.map((stranger) => [stranger.who, stranger])).values()];
}

/** Owners of repositories on GitHub whom roles trust. */
export function trustedOwners(graphs: readonly AccessGraph[]): ReadonlySet<string> {
  const values = graphs
    .flatMap(({ roles }) => roles)
    .flatMap(({ trust: { document } }) => ("unknown" in document ? [] : grantsOf(document)))
    .flatMap(({ clauses }) => clauses)
    .filter(({ key }) => /^token\.actions\.githubusercontent\.com:(?:sub|job_workflow_ref)$/.test(key))
    .flatMap((clause) => clause.values);
  return new Set(ownersIn(values));
}

function mayAssume(statement: Statement): boolean {
  return grantsOf({ Version: "2012-10-17", Statement: [statement] }).some(({ actions }) =>
    meetsAction(actions, "sts:assumerole"),
  );
}

function wordsOf(text: string, graph: AccessGraph): string {
  if (/^\d{12}$/.test(text)) return `account ${text}`;
  return principalWords(text === "*" ? text : `AWS ${text}`, graph);
}

/** Pieces that a Deny takes away whole are left out. */
function bearers(
  document: PolicyDocument,
  { owners }: KnownCallers,
  graph: AccessGraph,
): readonly TrustedStranger[] {
  if (!document.Statement.some(hasProvider)) return [];
  const { gained } = accessChange({ identity: [policyDocument()] }, { identity: [document] });
  return gained.flatMap(({ grant, atoms }) =>
    atoms
      .filter(({ actions }) => BY_TOKEN.some((action) => meetsAction(actions, action)))
      .flatMap(({ principals: { patterns, negated } }) => (negated ? [] : patterns))
      .filter((text) => text.startsWith("Federated "))
      .flatMap((text): readonly TrustedStranger[] => {
        const bearer = tokenBearer(text.slice("Federated ".length), grant.clauses, owners);
        if (bearer === "named") return [];
        return [{ who: principalWords(text, graph), isNamed: bearer === "somebody" }];
      }),
  );
}

function hasProvider({ Principal }: Statement): boolean {
  return typeof Principal === "object" && listOf(Principal["Federated"]).length > 0;
}
