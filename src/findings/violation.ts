/** Something in `environments/` that must not reach an account. */
export interface Violation {
  /** Where: the file and the path in it, e.g. `environments/prod.ts: devices.anna laptop`. */
  readonly location: string;
  /** What would be right. */
  readonly expected: string;
  /** What is there, as written. */
  readonly got: string;
  /** What the person who edits the file should do. */
  readonly remedy: string;
}

/** One line per violation: `location: expected, got …; remedy`. */
export function formatViolation(violation: Violation): string {
  const { location, expected, got, remedy } = violation;
  return `${location}: ${expected}, got ${got}; ${remedy}`;
}
