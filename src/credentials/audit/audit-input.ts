import type { Finding, NotChecked } from "../../findings/finding";
import type { Severity } from "../../findings/severity";
import type { CredentialReportRow } from "../credential-report";
import type { ResolvedKeyRules } from "../resolved-key-rules";
import { AUDIT_RULES, type AuditRule } from "./audit-rules";

export type UserKind = "device" | "ci" | "break-glass";

/** A user of the environment. */
export interface DeclaredUser {
  readonly userName: string;
  /** With slashes at both ends. */
  readonly path: string;
  readonly kind: UserKind;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServerCertificateMetadata.html */
export interface ServerCertificate {
  readonly name: string;
  readonly expiration: Date;
}

/** What is judged, and by what. */
export interface AuditInput {
  /** All rows of one report: never empty (`parseCredentialReport` refuses such a report). */
  readonly rows: readonly CredentialReportRow[];
  /** When IAM made the report. Ages in findings are as of this moment. */
  readonly generatedTime: Date;
  readonly now: Date;
  readonly declared: readonly DeclaredUser[];
  /** IAM path prefixes of the environment by kind, to know what an undeclared user pretends to be. */
  readonly paths: Readonly<Record<UserKind, string>>;
  /** IAM paths of other environments in the same account: an undeclared user below them is their finding. */
  readonly neighbourPaths?: readonly string[];
  /** Absent: the environment has no key rules. */
  readonly keyRules?: ResolvedKeyRules;
  /** When the last run that deactivated (no dry run) ended or should have run. Absent: not known. */
  readonly lastNightlyRun?: Date;
  /** Active keys by user as IAM lists them now, for users whose report row is older than the last nightly run. */
  readonly activeKeysNow?: Readonly<Record<string, number>>;
  /** Absent: not asked for. */
  readonly serverCertificates?: readonly ServerCertificate[];
}

/** Findings are in no order; `sortFindings` orders them. */
export interface AuditResult {
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
}

export function auditFinding(
  rule: AuditRule,
  severity: Severity,
  address: string,
  message: string,
  remedy: string,
): Finding {
  const reference = AUDIT_RULES[rule];
  return { rule, severity, address, message, remedy, ...(reference === undefined ? {} : { reference }) };
}
