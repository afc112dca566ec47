/** Exit codes of every command, as `terraform plan -detailed-exitcode` has them. */
export const exitCodes = {
  /** Nothing to report. */
  clean: 0,
  /** Could not tell: bad input, no answer, a failure. Never "clean". */
  error: 1,
  /** There are findings. */
  findings: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
