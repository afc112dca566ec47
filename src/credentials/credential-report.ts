/** The user name of the first row of a report. */
export const ROOT_ACCOUNT = "<root_account>";

/**
 * A date of the report, or one of its words: `N/A` there is no such credential, it was never used, or the service is
 * global; `no_information` a password that was never used; `not_supported` IAM does not say.
 */
export type ReportDate = Date | "N/A" | "no_information" | "not_supported";

/** One of the two key slots. Slots are in no order of age. */
export interface ReportKey {
  readonly active: boolean;
  /** Creation of the key; an inactive key keeps it. `N/A`: no key in this slot. */
  readonly lastRotated: ReportDate;
  /** Lags by minutes; uses within 15 minutes count once. */
  readonly lastUsedDate: ReportDate;
  readonly lastUsedRegion: string;
  readonly lastUsedService: string;
}

/** One of the two slots for signing certificates. */
export interface ReportCertificate {
  readonly active: boolean;
  readonly lastRotated: ReportDate;
}

/**
 * One user of a credential report.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export interface CredentialReportRow {
  readonly user: string;
  readonly arn: string;
  readonly userCreationTime: ReportDate;
  /** `not_supported` in older reports' root row. */
  readonly passwordEnabled: boolean | "not_supported";
  readonly passwordLastUsed: ReportDate;
  readonly passwordLastChanged: ReportDate;
  /** `N/A` with an enabled password: no policy ever makes it expire. */
  readonly passwordNextRotation: ReportDate;
  readonly mfaActive: boolean;
  readonly accessKeys: readonly [ReportKey, ReportKey];
  readonly certificates: readonly [ReportCertificate, ReportCertificate];
  /** In newer reports only: how many keys and certificates the columns have no room for. */
  readonly additionalCredentialsInfo?: string;
}

/** True when the slot holds a key, active or not. */
export function hasKey(key: ReportKey): boolean {
  return key.active || key.lastRotated !== "N/A";
}

/** The IAM path in a user's ARN, `/` for users without one. Nothing for the root user. */
export function pathOf({ arn }: Pick<CredentialReportRow, "arn">): string | undefined {
  return /:user(\/(?:.*\/)?)[^/]+$/.exec(arn)?.[1];
}
