import { bySeverity, isAtLeast, type Severity } from "./severity";

/** Something a person should look at: judged by a rule, not yet worded for a terminal, a comment or a scanner. */
export interface Finding {
  /** Id of the rule, kebab-case and stable: acceptances and scanners refer to it. */
  readonly rule: string;
  readonly severity: Severity;
  /** What it is about: `user/alice`, `root`, `server-certificate/www`, a Terraform address. Never holds a key id. */
  readonly address: string;
  /** One sentence: what is there and what was expected. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly remedy: string;
  /** The benchmark a rule comes from, e.g. `CIS AWS Foundations v7.0.0, 2.12`. */
  readonly reference?: string;
  /** The environment whose account, plan or state was judged. */
  readonly environment?: string;
  /** A file that the finding can be pinned to. Lines count from 1. */
  readonly location?: { readonly file: string; readonly line?: number };
  /** Evidence that a formatter may fold away, one line each. */
  readonly evidence?: readonly string[];
}

/** A rule that had nothing to judge by. Shown as *not checked*, never as clean. */
export interface NotChecked {
  readonly rule: string;
  readonly reason: string;
}

/** A finding that an acceptance of the environment mutes, and why. */
export interface MutedFinding {
  readonly finding: Finding;
  readonly reason: string;
  /** Last day of the acceptance, `YYYY-MM-DD`, UTC. */
  readonly expires: string;
}

/** What a command found: the input of every formatter. */
export interface FindingReport {
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly muted: readonly MutedFinding[];
  readonly notChecked: readonly NotChecked[];
  /** What a reader should know first, in order, e.g. `["Report generated", "2026-11-23T00:00:00Z (3 h ago)"]`. */
  readonly facts: readonly (readonly [label: string, value: string])[];
}

/** Worst first, then by rule and address, so that the same account always gives the same text. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (left, right) =>
      bySeverity(left.severity, right.severity) ||
      compare(left.environment ?? "", right.environment ?? "") ||
      compare(left.rule, right.rule) ||
      compare(left.address, right.address) ||
      compare(left.message, right.message),
  );
}

/**
 * Exit code in the sense of `terraform plan -detailed-exitcode`: 0 nothing to report, 2 findings that reach
 * `failOn`. 1 ("could not tell") is for errors and never comes from here. Muted findings do not count.
 */
export function exitCodeOf(report: FindingReport, failOn: Severity): 0 | 2 {
  return report.findings.some((finding) => isAtLeast(finding.severity, failOn)) ? 2 : 0;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
