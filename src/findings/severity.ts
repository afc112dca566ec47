/** How bad a finding is, worst first. `info` asks for nothing. */
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** For `Array.prototype.sort`: the worse one comes first. */
export function bySeverity(left: Severity, right: Severity): number {
  return SEVERITIES.indexOf(left) - SEVERITIES.indexOf(right);
}

/** True when `severity` is `threshold` or worse. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return bySeverity(severity, threshold) <= 0;
}

/** The worst severity of some findings, or nothing where there are none. */
export function worstSeverity(findings: readonly { readonly severity: Severity }[]): Severity | undefined {
  return findings.map((finding) => finding.severity).sort(bySeverity)[0];
}
