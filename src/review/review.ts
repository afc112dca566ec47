import { sortFindings } from "../findings/finding";
import type { RuleDeclaration } from "../findings/rule";
import type { AccessGraph, Unknown } from "../iam/graph";
import { environmentDrafts } from "./environment-drafts";
import { type Draft, folded, type ReviewFinding, toFinding } from "./review-finding";
import type { ReviewedEnvironment } from "./reviewed-environment";
import { environmentRemoved } from "./rules/environment-removed";
import { GUARD_ESCAPED } from "./rules/guard-rails/guard-escaped";
import { GUARD_REMOVED } from "./rules/guard-rails/guard-removed";
import { USER_UNGUARDED } from "./rules/guard-rails/user-unguarded";
import { IDENTITY_ADDED } from "./rules/identities/identity-added";
import { isNewEnvironment, type ReviewedWorld, worldOf } from "./world";

/** What one environment's change means. */
export interface EnvironmentReview {
  readonly environment: string;
  /** Came new, went, or is there on both sides. */
  readonly status: "changed" | "unchanged" | "new" | "removed";
  readonly findings: readonly ReviewFinding[];
  /** For completeness: less access, ordinary changes. They raise nothing. */
  readonly notes: readonly ReviewFinding[];
  /** What is not known before the apply, or was not judged. Never taken as clean. */
  readonly unknown: readonly string[];
}

/**
 * Says what a change means for access. Pure. Policies are compared by their meaning: narrowing, splitting, reordering
 * and renaming statements raise nothing, and whatever may be allowed now and was not is told.
 */
export function reviewEnvironment(
  reviewed: ReviewedEnvironment,
  world: ReviewedWorld = worldOf([reviewed]),
): EnvironmentReview {
  const { environment, before, after } = reviewed;
  if (after === undefined) return removedEnvironment(environment);
  const drafts = folded(withoutRepetitions(environmentDrafts(reviewed, world)));
  const findings = drafts
    .filter(({ isNote }) => isNote !== true)
    .map((draft) => toFinding(draft, environment));
  const notes = drafts.filter(({ isNote }) => isNote === true).map((draft) => toFinding(draft, environment));
  const isQuiet = findings.length === 0 && notes.length === 0;
  return {
    environment,
    status: isNewEnvironment(reviewed, world) ? "new" : isQuiet ? "unchanged" : "changed",
    findings: sortFindings(findings) as ReviewFinding[],
    notes: sortFindings(notes) as ReviewFinding[],
    unknown: [...reviewed.notChecked, ...newUnknowns(before?.graph, after.graph)],
  };
}

/** Reviews environments together: each knows the accounts of the others. */
export function reviewEnvironments(all: readonly ReviewedEnvironment[]): readonly EnvironmentReview[] {
  const world = worldOf(all);
  return all.map((reviewed) => reviewEnvironment(reviewed, world));
}

/** Who leaves a guarded group is told so, and not again that the guard no longer holds; nor twice that a user is new. */
function withoutRepetitions(drafts: readonly Draft[]): readonly Draft[] {
  const subjectsOf = (rule: RuleDeclaration) =>
    new Set(drafts.filter((draft) => draft.rule === rule).flatMap(({ subjects }) => subjects));
  const [escaped, unguarded] = [subjectsOf(GUARD_ESCAPED), subjectsOf(USER_UNGUARDED)];
  return drafts.filter(
    ({ rule, subjects }) =>
      !(rule === GUARD_REMOVED && subjects.every((subject) => escaped.has(subject))) &&
      !(
        rule === IDENTITY_ADDED &&
        subjects.length > 0 &&
        subjects.every((subject) => unguarded.has(subject))
      ),
  );
}

function removedEnvironment(environment: string): EnvironmentReview {
  return {
    environment,
    status: "removed",
    findings: [toFinding(environmentRemoved(environment), environment)],
    notes: [],
    unknown: [],
  };
}

function newUnknowns(before: AccessGraph | undefined, after: AccessGraph): readonly string[] {
  const textOf = ({ address, reason }: Unknown) => `${address}: ${reason}`;
  const known = new Set((before?.unknowns ?? []).map(textOf));
  return [...new Set(after.unknowns.map(textOf))].filter((text) => !known.has(text)).sort();
}
