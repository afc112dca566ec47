import type { Finding, NotChecked } from "../../findings/finding";
import type { CredentialReportRow } from "../credential-report";
import type { ResolvedKeyRules } from "../resolved-key-rules";

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
  /** Other environments in the same account: users below their paths are their findings, where they are audited. */
  readonly neighbours?: readonly Neighbour[];
  /**
   * Whether this audit judges what belongs to no environment: root, server certificates, strangers. One audit of an
   * account does, so that each thing is told once. @default true
   */
  readonly inCharge?: boolean;
  /** @default a root user of its own, reported where it was used within a week */
  readonly root?: AuditedRoot;
  /** Absent: the environment has no key rules. */
  readonly keyRules?: ResolvedKeyRules;
  /** When the last run that deactivated (no dry run) ended or should have run. Absent: not known. */
  readonly lastNightlyRun?: Date;
  /** Active keys by user as IAM lists them now, for users whose report row is older than the last nightly run. */
  readonly activeKeysNow?: Readonly<Record<string, number>>;
  /** Absent: not asked for. */
  readonly serverCertificates?: readonly ServerCertificate[];
  /** Names of AWS's quarantine policies by the user that holds one. Absent: not asked for. */
  readonly quarantined?: Readonly<Record<string, string>>;
  /** Why it is absent, where IAM was asked. */
  readonly quarantineNotAsked?: string;
  /** Active credentials that the report has no columns for. Absent: not asked for. */
  readonly otherCredentials?: OtherCredentials;
}

/** Another environment of the same account. */
export interface Neighbour {
  /** IAM path of everything it declares: `/team/`. */
  readonly root: string;
  readonly paths: Readonly<Record<UserKind, string>>;
  /** Whether it has an audit of its own. */
  readonly audited: boolean;
}

/** What is known of the account's root user beside the report. */
export interface AuditedRoot {
  readonly credentials: "own" | "central";
  readonly usedWithinDays: number;
  readonly acknowledgedUses: readonly { readonly until: string; readonly reason: string }[];
}

/** Counts of active credentials by user, as far as IAM told them. */
export interface OtherCredentials {
  /** Absent: not asked for, or IAM did not answer. */
  readonly sshPublicKeys?: Readonly<Record<string, number>>;
  /** Services of the active service-specific credentials: `codecommit.amazonaws.com`, `bedrock.amazonaws.com`. */
  readonly serviceSpecific?: Readonly<Record<string, readonly string[]>>;
  /** Why something is absent. */
  readonly notAsked: readonly string[];
}

/** Findings are in no order; `sortFindings` orders them. */
export interface AuditResult {
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
  /** What is not wrong and should be known. */
  readonly notes?: readonly string[];
}
