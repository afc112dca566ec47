const CIS = "CIS AWS Foundations v7.0.0";

/**
 * Every rule of the credential audit and the benchmark it comes from, where there is one. Ids are stable: acceptances
 * in environments name them.
 *
 * @see https://www.cisecurity.org/benchmark/amazon_web_services
 */
export const AUDIT_RULES = {
  "root-access-key": `${CIS}, 2.4`,
  "root-without-mfa": `${CIS}, 2.5`,
  "root-used": `${CIS}, 2.7`,
  "root-has-credentials": undefined,
  "root-signing-certificate": undefined,
  "password-enabled": undefined,
  "password-without-mfa": `${CIS}, 2.10`,
  "password-never-expires": undefined,
  "password-unused": `${CIS}, 2.11`,
  "unmanaged-user": undefined,
  "declared-user-missing": undefined,
  "key-without-mfa": undefined,
  "key-too-old": `${CIS}, 2.12`,
  "key-unused": `${CIS}, 2.11`,
  "key-ends-soon": undefined,
  "two-active-keys": undefined,
  "two-active-keys-in-use": undefined,
  "nightly-key-active": undefined,
  "nightly-key-unproven": undefined,
  "additional-credentials": undefined,
  "signing-certificate-active": undefined,
  "ssh-public-key-active": undefined,
  "service-specific-credential-active": undefined,
  "user-quarantined": undefined,
  "server-certificate-expired": `${CIS}, 2.17`,
  "break-glass-key-active": undefined,
  "break-glass-used": undefined,
  "report-too-old": undefined,
} as const satisfies Readonly<Record<string, string | undefined>>;

export type AuditRule = keyof typeof AUDIT_RULES;

/** Ids of all rules, for acceptances. */
export const AUDIT_RULE_IDS = Object.keys(AUDIT_RULES) as readonly AuditRule[];

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
