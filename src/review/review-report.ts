import type { Acceptance } from "../findings/acceptance";
import { applyAcceptances } from "../findings/acceptance";
import type { MutedFinding } from "../findings/finding";
import { sortFindings } from "../findings/finding";
import { type Severity, worstSeverity } from "../findings/severity";
import type { EnvironmentReview } from "./review";
import { CATEGORIES, type Category, type ReviewFinding } from "./review-finding";
import type { ReviewedEnvironment } from "./reviewed-environment";

/** One row of the matrix: environments for which the review says the same. */
export interface EnvironmentRow {
  readonly environments: readonly string[];
  readonly status: EnvironmentReview["status"];
  readonly worst: Severity | undefined;
  readonly counts: Readonly<Record<Category, number>>;
  readonly notes: number;
  readonly muted: number;
  readonly unknown: number;
}

export interface UnknownFact {
  readonly environments: readonly string[];
  readonly text: string;
}

/** The review of all environments: the input of every formatter. */
export interface ReviewReport {
  readonly findings: readonly ReviewFinding[];
  readonly notes: readonly ReviewFinding[];
  readonly muted: readonly MutedFinding[];
  readonly unknown: readonly UnknownFact[];
  readonly rows: readonly EnvironmentRow[];
  /** Content digests of what was reviewed. */
  readonly sources: readonly {
    readonly environment: string;
    readonly file: string;
    readonly digest: string;
  }[];
  /** What could not be looked at: acceptances that could not be read. */
  readonly notChecked: readonly string[];
}

export interface ReviewReportInput {
  readonly reviewed: readonly ReviewedEnvironment[];
  readonly reviews: readonly EnvironmentReview[];
  /** Exceptions by environment. */
  readonly acceptances: ReadonlyMap<string, readonly Acceptance[]>;
  readonly notChecked?: readonly string[];
  readonly now: Date;
}

/** Puts reviews together: what is accepted is set aside and listed, what is the same in several environments is one. */
export function reviewReport({
  reviewed,
  reviews,
  acceptances,
  notChecked = [],
  now,
}: ReviewReportInput): ReviewReport {
  const judged = reviews.map((review) => accepted(review, acceptances.get(review.environment) ?? [], now));
  const names = reviews.map(({ environment }) => environment);
  return {
    findings: sortFindings(
      acrossEnvironments(
        judged.flatMap(({ findings }) => findings),
        names,
      ),
    ) as ReviewFinding[],
    notes: sortFindings(
      acrossEnvironments(
        judged.flatMap(({ notes }) => notes),
        names,
      ),
    ) as ReviewFinding[],
    muted: judged.flatMap(({ muted }) => muted),
    unknown: unknownFacts(judged, names),
    rows: rows(judged),
    sources: reviewed.flatMap(({ environment, sources }) =>
      sources.map((source) => ({ environment, ...source })),
    ),
    notChecked,
  };
}

interface Judged extends EnvironmentReview {
  readonly muted: readonly MutedFinding[];
}

/** An acceptance that this change does not need is no finding of a review; one that has ended mutes nothing. */
function accepted(review: EnvironmentReview, acceptances: readonly Acceptance[], now: Date): Judged {
  const matching = acceptances.filter(({ finding, subject }) =>
    review.findings.some(({ rule, address }) => rule === finding && address === subject),
  );
  const rules = [...new Set(review.findings.map(({ rule }) => rule))];
  const { findings, muted } = applyAcceptances(review.findings, matching, rules, now);
  return {
    ...review,
    findings: findings.map((finding) =>
      "category" in finding
        ? (finding as ReviewFinding)
        : {
            ...finding,
            category: "terraform" as const,
            subjects: [],
            environment: review.environment,
            environments: [review.environment],
          },
    ),
    muted,
  };
}

/** Equal but for the account and the name of the environment. */
function acrossEnvironments(findings: readonly ReviewFinding[], names: readonly string[]): ReviewFinding[] {
  const groups = new Map<string, ReviewFinding & { readonly environments: string[] }>();
  for (const finding of findings) {
    const { rule, severity, message, evidence = [], environment = "" } = finding;
    const key = JSON.stringify([
      rule,
      severity,
      neutral(message, environment, names),
      evidence.map((line) => neutral(line, environment, names)),
    ]);
    const present = groups.get(key);
    if (present === undefined) groups.set(key, { ...finding, environments: [environment] });
    else if (present.environments.includes(environment))
      groups.set(`${key} ${groups.size}`, { ...finding, environments: [environment] });
    else present.environments.push(environment);
  }
  return [...groups.values()];
}

function neutral(text: string, environment: string, names: readonly string[]): string {
  if (names.length < 2) return text;
  return text.replace(/(?<!\d)\d{12}(?!\d)/g, "ACCOUNT").replaceAll(environment, "ENVIRONMENT");
}

function unknownFacts(judged: readonly Judged[], names: readonly string[]): readonly UnknownFact[] {
  const facts = new Map<string, { readonly environments: string[]; readonly text: string }>();
  for (const { environment, unknown } of judged) {
    for (const text of unknown) {
      const key = neutral(text, environment, names);
      const present = facts.get(key);
      if (present === undefined) facts.set(key, { environments: [environment], text });
      else if (!present.environments.includes(environment)) present.environments.push(environment);
    }
  }
  return [...facts.values()];
}

function rows(judged: readonly Judged[]): readonly EnvironmentRow[] {
  const folded = new Map<string, EnvironmentRow & { readonly environments: string[] }>();
  for (const { environment, status, findings, notes, muted, unknown } of judged) {
    const counts = Object.fromEntries(
      CATEGORIES.map((category) => [
        category,
        findings.filter((finding) => finding.category === category).length,
      ]),
    ) as Record<Category, number>;
    const row = {
      status,
      worst: worstSeverity(findings),
      counts,
      notes: notes.length,
      muted: muted.length,
      unknown: unknown.length,
    };
    const key = JSON.stringify(row);
    const present = folded.get(key);
    if (present === undefined) folded.set(key, { environments: [environment], ...row });
    else present.environments.push(environment);
  }
  return [...folded.values()];
}

/** The one sentence that a reader must see. */
export function verdictOf({ findings, notes, muted, unknown }: ReviewReport): string {
  const extras = [
    ...(muted.length > 0 ? [`${muted.length} accepted`] : []),
    ...(unknown.length > 0 ? [`${unknown.length} not known before the apply`] : []),
  ];
  const tail = extras.length === 0 ? "" : ` (${extras.join(", ")})`;
  if (findings.length === 0) {
    return `${notes.length === 0 ? "No access change" : "No access gained and nothing weakened"}${tail}.`;
  }
  const counts = (["critical", "high", "medium", "low", "info"] as const)
    .map(
      (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
    )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  const worst = worstSeverity(findings);
  const call =
    worst === "critical" ? "Do not merge without a reason" : worst === "high" ? "Look closely" : "Look";
  return `${call}: ${findings.length} finding${findings.length === 1 ? "" : "s"}, ${counts.join(", ")}${tail}.`;
}
