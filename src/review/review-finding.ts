import type { Finding } from "../findings/finding";
import type { RuleDeclaration } from "../findings/rule";
import { bySeverity, type Severity } from "../findings/severity";
import { UNKNOWN_PART } from "../iam/graph";

/** What a finding is about, and the columns of the environment matrix. */
export const CATEGORIES = [
  "access",
  "conditions",
  "guard-rails",
  "credentials",
  "hygiene",
  "identities",
  "terraform",
  "unknown",
] as const;

export type Category = (typeof CATEGORIES)[number];

/** What a rule says, before equal ones are folded: who it is about is apart from what is said. */
export interface Draft {
  readonly rule: RuleDeclaration;
  readonly severity: Severity;
  readonly category: Category;
  readonly address: string;
  /** Who it is about: `user home`, `role admin-*`; folded drafts name all of them. Empty: the sentence says it. */
  readonly subjects: readonly string[];
  /** What follows the subjects: `gains admin: ...`. */
  readonly predicate: string;
  /** What to do in this case. @default the remedy of the rule */
  readonly remedy?: string;
  readonly evidence?: readonly string[];
  /** Told for completeness and never raised: less access, an ordinary change. */
  readonly isNote?: boolean;
}

export interface ReviewFinding extends Finding {
  readonly category: Category;
  readonly subjects: readonly string[];
  /** Every environment in which it is the same; `environment` is the first of them. */
  readonly environments: readonly string[];
}

const MOST_EVIDENCE = 60;

/** One finding where rule, address and sentence are the same; the worst severity counts. */
export function folded(drafts: readonly Draft[]): readonly Draft[] {
  const groups = new Map<string, Draft & { readonly subjects: string[]; readonly evidence: string[] }>();
  for (const draft of drafts) {
    const key = JSON.stringify([draft.rule.id, draft.address, draft.predicate, draft.isNote ?? false]);
    const present = groups.get(key);
    if (present === undefined) {
      groups.set(key, { ...draft, subjects: [...draft.subjects], evidence: [...(draft.evidence ?? [])] });
      continue;
    }
    for (const subject of draft.subjects)
      if (!present.subjects.includes(subject)) present.subjects.push(subject);
    for (const line of draft.evidence ?? []) {
      if (present.evidence.length < MOST_EVIDENCE && !present.evidence.includes(line))
        present.evidence.push(line);
    }
    if (bySeverity(draft.severity, present.severity) < 0)
      groups.set(key, { ...present, severity: draft.severity });
  }
  return [...groups.values()];
}

/** `user home, user work and 3 more`. */
export function listed(names: readonly string[], most = 4): string {
  if (names.length <= most + 1) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

const SINGULAR: Readonly<Record<string, string>> = {
  is: "are",
  was: "were",
  has: "have",
  gains: "gain",
  loses: "lose",
  gets: "get",
  gives: "give",
  joins: "join",
  leaves: "leave",
  moves: "move",
  carries: "carry",
  needs: "need",
};

/** A predicate is written for one; several of them gain and lose. */
function agreeing(predicate: string, subjects: number): string {
  if (subjects < 2) return predicate;
  return predicate.replace(/^\w+/, (verb) => SINGULAR[verb] ?? verb);
}

export function toFinding(draft: Draft, environment: string): ReviewFinding {
  const { rule, severity, category, address, subjects, predicate, evidence = [] } = draft;
  const who = subjects.length === 0 ? "" : `${listed(subjects)} `;
  return {
    rule: rule.id,
    severity,
    category,
    address,
    subjects,
    message: `${who}${agreeing(predicate, subjects.length)}`.replaceAll(UNKNOWN_PART, "(?)"),
    remedy: draft.remedy ?? rule.remedy,
    environment,
    environments: [environment],
    ...(evidence.length > 0 && { evidence }),
  };
}
