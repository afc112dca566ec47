import type { Severity } from "../../../findings/severity";
import { bySeverity } from "../../../findings/severity";
import type { Clause } from "../../../iam/comparison/clause";
import { UNKNOWN_PART } from "../../../iam/graph";

const FEDERATED = "Federated ";

/** Providers whose tokens everybody gets who signs up there: AWS prescribes the application alone. */
const PUBLIC_PROVIDERS = /^(?:accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$/;

/**
 * How open a trust of tokens or assertions of others is; nothing where it asks for what AWS prescribes: the audience of
 * SAML, pool and signed-in users of Cognito, a named subject of any other provider.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
 */
export function federatedOpenness(
  patterns: readonly string[],
  clauses: readonly Clause[],
): Severity | undefined {
  const [worst] = patterns
    .filter((text) => text.startsWith(FEDERATED))
    .flatMap((text) => opennessOf(text.slice(FEDERATED.length), clauses) ?? [])
    .sort(bySeverity);
  return worst;
}

/** Whether every principal is a provider whose trust asks for what AWS prescribes. */
export function isPrescribedTrust(patterns: readonly string[], clauses: readonly Clause[]): boolean {
  return (
    patterns.length > 0 &&
    patterns.every((text) => text.startsWith(FEDERATED)) &&
    federatedOpenness(patterns, clauses) === undefined
  );
}

function opennessOf(provider: string, clauses: readonly Clause[]): Severity | undefined {
  if (/:saml-provider\//.test(provider)) return holds(clauses, /^saml:/, isWrittenOut) ? undefined : "high";
  if (provider === "cognito-identity.amazonaws.com") {
    if (!holds(clauses, /^cognito-identity\.amazonaws\.com:aud$/, isWrittenOut)) return "critical";
    const isSignedIn = (value: string) => isWrittenOut(value) && value !== "unauthenticated";
    return holds(clauses, /^cognito-identity\.amazonaws\.com:(?:amr|sub)$/, isSignedIn) ? undefined : "high";
  }
  if (hasExactSubject(clauses)) return undefined;
  const isOfApplication = holds(clauses, /:(?:aud|app_id|azp)$/, isWrittenOut);
  return PUBLIC_PROVIDERS.test(provider) && isOfApplication ? "high" : "critical";
}

/** A subject that names owner and repository, or namespace of a service account, whichever provider it is. */
export function hasExactSubject(clauses: readonly Clause[]): boolean {
  return (
    holds(clauses, /:(?:sub|job_workflow_ref)$/, isNamedSubject) ||
    // of a provider that comes with the apply the key is not known: what only a subject can be
    holds(clauses, new RegExp(UNKNOWN_PART), (value) => SUBJECT.test(value) && isNamedSubject(value))
  );
}

const SUBJECT = /^(?:system:serviceaccount|repo|project_path|organization):/;

function isNamedSubject(value: string): boolean {
  const parts = value.split(":");
  if (value.startsWith("system:serviceaccount:")) return parts.length > 3 && isWrittenOut(parts[2] ?? "*");
  const owner = parts.length === 1 ? value.split("/").slice(0, 2).join("/") : parts.slice(0, 2).join(":");
  return isWrittenOut(owner);
}

function isWrittenOut(value: string): boolean {
  return value !== "" && !/[*?]/.test(value);
}

/** Whether a condition on a key takes nothing but values that pass. */
function holds(clauses: readonly Clause[], key: RegExp, passes: (value: string) => boolean): boolean {
  return clauses.some(
    ({ key: name, parsed, values }) =>
      key.test(name) &&
      parsed !== undefined &&
      !parsed.negated &&
      !parsed.ifExists &&
      parsed.set !== "ForAllValues" &&
      parsed.comparison.type === "string" &&
      values.length > 0 &&
      values.every((value) => passes(isPattern(parsed) ? value : literal(value))),
  );
}

function isPattern({ comparison }: NonNullable<Clause["parsed"]>): boolean {
  return comparison.type === "string" && comparison.wildcards;
}

/** Without wildcards a star is a letter. */
function literal(value: string): string {
  return value.replace(/[*?]/g, "_");
}
