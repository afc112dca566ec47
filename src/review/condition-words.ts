import type { Severity } from "../findings/severity";
import { type Clause, clauseText } from "./semantics/clause";

interface ConditionKind {
  readonly id: string;
  readonly keys: RegExp;
  /** What is lost without it. */
  readonly lost: string;
  readonly severity: Severity;
}

/** What conditions of this baseline stand for; first match counts. */
const KINDS: readonly ConditionKind[] = [
  { id: "mfa", keys: /^aws:multifactorauthpresent$/, lost: "MFA", severity: "critical" },
  { id: "mfa-age", keys: /^aws:multifactorauthage$/, lost: "recent MFA", severity: "high" },
  {
    id: "network",
    keys: /^aws:(?:sourceip|vpcsourceip|sourcevpc|sourcevpce|viaawsservice)$/,
    lost: "an allowed network",
    severity: "high",
  },
  { id: "external-id", keys: /^sts:externalid$/, lost: "the external id", severity: "high" },
  {
    id: "source-identity",
    keys: /^(?:sts:sourceidentity|aws:sourceidentity|sts:rolesessionname)$/,
    lost: "a source identity",
    severity: "medium",
  },
  {
    id: "token-claims",
    keys: /^(?!aws:|sts:)[^:]+(?:\.[^:]+)*:(?:sub|aud|job_workflow_ref|repository|repository_id|ref|environment|actor)$/,
    lost: "claims of the token",
    severity: "critical",
  },
  {
    id: "principal",
    keys: /^aws:(?:principalarn|principalorgid|principalaccount|principaltag\/.*|userid|username|sourceaccount|sourcearn|sourceorgid)$/,
    lost: "who is calling",
    severity: "high",
  },
];

const OTHER: ConditionKind = { id: "other", keys: /^/, lost: "a condition", severity: "medium" };

export function conditionKind(clause: Clause): ConditionKind {
  return KINDS.find(({ keys }) => keys.test(clause.key)) ?? OTHER;
}

/** `MFA (Bool aws:MultiFactorAuthPresent true)`, for each clause. */
export function clausesText(clauses: readonly Clause[]): string {
  return clauses.map((clause) => `${conditionKind(clause).lost} (${clauseText(clause)})`).join(" and ");
}
