import type { Clause } from "../../iam/comparison/clause";

/** How well a token's bearer is known. */
export type TokenBearer =
  /** Somebody whom conditions name. */
  | "named"
  /** Somebody in particular who may be none of ours: an owner on GitHub whom no declared role trusts, guests of a pool. */
  | "somebody"
  /** Everybody who gets a token of the provider. */
  | "anybody";

const COGNITO = "cognito-identity.amazonaws.com";
const GITHUB = "token.actions.githubusercontent.com";

/**
 * Whom the conditions of a trust in an identity provider let in.
 *
 * @param owners owners of repositories on GitHub whom declared roles trust, in lower case; of none nothing is foreign
 */
export function tokenBearer(
  provider: string,
  clauses: readonly Clause[],
  owners: ReadonlySet<string>,
): TokenBearer {
  if (provider.includes(":saml-provider/")) return "named";
  if (provider === COGNITO) return poolBearer(clauses);
  const subjects = clauses.filter(isComparison).filter(({ key }) => /:(?:sub|job_workflow_ref)$/.test(key));
  const isNamed = subjects.some((clause) => clause.values.every((value) => isExact(clause, value)));
  if (!provider.endsWith(`/${GITHUB}`)) return isNamed ? "named" : "anybody";
  // all values of a subject are alternatives, all subjects must hold
  const isOwned = subjects.some(
    ({ values }) => values.length > 0 && values.every((value) => ownersIn([value]).length > 0),
  );
  if (!isOwned) return isNamed ? "named" : "anybody";
  const isKnown = subjects.flatMap(({ values }) => ownersIn(values)).every((owner) => owners.has(owner));
  return isKnown || (isNamed && owners.size === 0) ? "named" : "somebody";
}

/** Owners of repositories that the subjects of GitHub's tokens name: `repo:octo/site:ref:refs/heads/main`. */
export function ownersIn(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => /^(?:repo:)?([^/:@*?]+)(?:@\d+)?\//.exec(value)?.[1]?.toLowerCase() ?? []);
}

/** Who signed in to one identity pool; its guests sign in nowhere, and pools are of any account. */
function poolBearer(clauses: readonly Clause[]): TokenBearer {
  const compares = (claim: string, isMeant: (value: string) => boolean) =>
    clauses.some(
      (clause) =>
        isComparison(clause) && clause.key === `${COGNITO}:${claim}` && clause.values.every(isMeant),
    );
  if (!compares("aud", (value) => !/[*?]/.test(value))) return "anybody";
  return compares("amr", (value) => value !== "unauthenticated" && !/^[*?]/.test(value))
    ? "named"
    : "somebody";
}

function isComparison({ parsed }: Clause): boolean {
  return (
    parsed !== undefined &&
    !parsed.negated &&
    !parsed.ifExists &&
    parsed.set !== "ForAllValues" &&
    parsed.comparison.type !== "null"
  );
}

/** A subject that names owner and repository, a namespace of a cluster, or a project, whichever provider it is. */
function isExact({ key, parsed }: Clause, value: string): boolean {
  if (parsed?.comparison.type === "string" && !parsed.comparison.wildcards) return true;
  if (key.endsWith(":job_workflow_ref")) return /^[^/*?]+\/[^/*?]+\//.test(value);
  const parts = value.split(":");
  const named = value.startsWith("system:serviceaccount:") ? parts.slice(0, 3) : parts.slice(0, 2);
  return !/[*?]/.test(named.join(":"));
}
