import type { Severity } from "../findings/severity";
import { type Clause, clauseText } from "../iam/comparison/clause";

interface ConditionKind {
  readonly id: string;
  readonly keys: RegExp;
  /** What is lost without it. */
  readonly lost: string;
  /** How it is where the condition is there still, and takes more. */
  readonly weaker: string;
  readonly severity: Severity;
}

/** What conditions of this baseline stand for; first match counts. */
const KINDS: readonly ConditionKind[] = [
  {
    id: "mfa",
    keys: /^aws:multifactorauthpresent$/,
    lost: "MFA",
    weaker: "without MFA",
    severity: "critical",
  },
  {
    id: "mfa-age",
    keys: /^aws:multifactorauthage$/,
    lost: "recent MFA",
    weaker: "with less recent MFA",
    severity: "high",
  },
  {
    id: "network",
    keys: /^aws:(?:sourceip|vpcsourceip|sourcevpc|sourcevpce|viaawsservice)$/,
    lost: "an allowed network",
    weaker: "from a wider network",
    severity: "high",
  },
  {
    id: "external-id",
    keys: /^sts:externalid$/,
    lost: "the external id",
    weaker: "with another external id",
    severity: "high",
  },
  {
    id: "source-identity",
    keys: /^(?:sts:sourceidentity|aws:sourceidentity|sts:rolesessionname)$/,
    lost: "a source identity",
    weaker: "with another source identity",
    severity: "medium",
  },
  {
    id: "token-claims",
    keys: /^(?!aws:|sts:)[^:]+(?:\.[^:]+)*:(?:sub|aud|job_workflow_ref|repository|repository_id|ref|environment|actor)$/,
    lost: "claims of the token",
    weaker: "with other claims of the token",
    severity: "critical",
  },
  {
    id: "principal",
    keys: /^aws:(?:principalarn|principalorgid|principalaccount|principaltag\/.*|userid|username|sourceaccount|sourcearn|sourceorgid)$/,
    lost: "who is calling",
    weaker: "for other callers",
    severity: "high",
  },
];

const OTHER: ConditionKind = {
  id: "other",
  keys: /^/,
  lost: "a condition",
  weaker: "on a weaker condition",
  severity: "medium",
};

export function conditionKind(clause: Clause): ConditionKind {
  return KINDS.find(({ keys }) => keys.test(clause.key)) ?? OTHER;
}

/** `MFA (Bool aws:MultiFactorAuthPresent true)`, for each clause. */
export function clausesText(clauses: readonly Clause[]): string {
  return clauses.map((clause) => `${conditionKind(clause).lost} (${clauseText(clause)})`).join(" and ");
}

/** `, with MFA (...)`, or that there is none. */
export function conditionsText(clauses: readonly Clause[]): string {
  return clauses.length === 0 ? ", without any condition" : `, with ${clausesText(clauses)}`;
}

/** `without MFA (...) and from a wider network (IpAddress aws:SourceIp A | B instead of A)`: what was asked against what is. */
export function lostText(lost: readonly Clause[], now: readonly Clause[]): string {
  const gone: Clause[] = [];
  const weaker: string[] = [];
  for (const clause of lost) {
    const current = now.find(({ key }) => key === clause.key);
    const { id, weaker: words } = conditionKind(clause);
    if (current === undefined || id === "mfa") gone.push(clause);
    else {
      const before = clauseText(clause);
      const name = `${clause.operator} ${clause.shownKey} `;
      const short = current.operator === clause.operator ? before.slice(name.length) : before;
      weaker.push(`${words} (${clauseText(current)} instead of ${short})`);
    }
  }
  return [...(gone.length > 0 ? [`without ${clausesText(gone)}`] : []), ...weaker].join(" and ");
}
