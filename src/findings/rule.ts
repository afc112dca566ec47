import type { Severity } from "./severity";

/** Which command judges by a rule: also how the pages and `explain` group them. */
export const RULE_AREAS = ["proof", "review", "drift", "audit", "detection", "exceptions"] as const;

export type RuleArea = (typeof RULE_AREAS)[number];

/** Where a rule comes from: a page of AWS, of Terraform, or a benchmark. */
export interface RuleReference {
  /** `CIS AWS Foundations v7.0.0, 2.12`. */
  readonly title: string;
  /** Absent where a benchmark has no public page. */
  readonly url?: string;
}

/**
 * What is declared of a rule, once: types, `docs/rules.md`, SARIF and `baseline explain` come from it. It stands in
 * the file that judges, above the judging function.
 */
export interface RuleDeclaration<Id extends string = string> {
  /** Kebab-case and stable: acceptances, suppressions and scanners refer to it. Unique in its area. */
  readonly id: Id;
  readonly area: RuleArea;
  /** A sentence that says what is so where the rule speaks, without a full stop: `A role is assumed without MFA`. */
  readonly title: string;
  /** Every severity that it can have, worst first, and what decides between them where there are several. */
  readonly severities: readonly [Severity, ...Severity[]];
  /** Why it matters: what somebody can do, or what nobody will see. One to four sentences. */
  readonly why: string;
  /** The smallest change or state that it speaks of, and the one that is right. Source text, or one sentence each. */
  readonly example: { readonly before: string; readonly after: string };
  /** What to do, in general; a finding says it for its own case. */
  readonly remedy: string;
  readonly reference?: RuleReference;
  /** Version of this package that first had it. */
  readonly since: string;
}

/** Keeps the id as a type, so that whoever names the rule by a literal is checked. */
export function defineRule<const Id extends string>(declaration: RuleDeclaration<Id>): RuleDeclaration<Id> {
  return declaration;
}
