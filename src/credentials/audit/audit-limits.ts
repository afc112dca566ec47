/** The benchmark that rules name by its numbers. @see https://www.cisecurity.org/benchmark/amazon_web_services */
export const CIS = "CIS AWS Foundations v7.0.0";

/** Numbers that the rules compare with; days are whole days in UTC. */
export const AUDIT_LIMITS = {
  /** CIS AWS Foundations v7.0.0, 2.12. */
  keyAgeDays: 90,
  /** CIS AWS Foundations v7.0.0, 2.11. */
  unusedDays: 45,
  /** Days that a use of root is reported for, where an environment does not say: since last week's audit. */
  rootUsedDays: 7,
  /** A report may be 4 hours old when it is audited, and the audit an hour late: a use just after last week's report. */
  rootUsedSlackHours: 5,
  /** Days before a rule ends a key, or a limit is reached, from which on the audit says so: two audits. */
  warnDays: 14,
  /** Two keys that were both used within this time are in use, not in rotation. */
  recentUseDays: 14,
  /** A weekly audit must see every use of a break-glass key, and once is enough to be seen in four of them. */
  breakGlassUsedDays: 30,
  /** IAM makes a new report at most this often, so an older one was not fetched afresh. */
  reportAgeHours: 4,
} as const;
