import type { RefusalCode } from "./refusal";

/** Something in `environments/`, or in a policy document, that must not reach an account. */
export interface Violation {
  /** What kind of violation it is, for `baseline explain`. */
  readonly code: RefusalCode;
  /** Where: the file and the path in it, e.g. `environments/prod.ts: devices.anna laptop`. */
  readonly location: string;
  /** What would be right. */
  readonly expected: string;
  /** What is there, as written. */
  readonly got: string;
  /** What the person who edits the file should do. */
  readonly remedy: string;
}

/** The words of a violation, without its code: `location: expected, got …; remedy`. */
export function violationText({ location, expected, got, remedy }: Omit<Violation, "code">): string {
  return `${location}: ${expected}, got ${got}; ${remedy}`;
}

/** One line per violation: `location: expected, got …; remedy [code]`. */
export function formatViolation(violation: Violation): string {
  return `${violationText(violation)} [${violation.code}]`;
}

/** The lines of a list of violations, indented. */
export function formatViolations(violations: readonly Violation[]): string {
  return violations.map((violation) => `  ${formatViolation(violation)}`).join("\n");
}
