import {
  type CredentialReportRow,
  type ReportCertificate,
  type ReportDate,
  type ReportKey,
  ROOT_ACCOUNT,
} from "../../src/credentials/credential-report";

export const ACCOUNT = "111122223333";

/** A slot without a key. */
export const NO_KEY: ReportKey = {
  active: false,
  lastRotated: "N/A",
  lastUsedDate: "N/A",
  lastUsedRegion: "N/A",
  lastUsedService: "N/A",
};

export const NO_CERTIFICATE: ReportCertificate = { active: false, lastRotated: "N/A" };

/** An active key made on 1 November and used on the 22nd. */
export function reportKey(differences: Partial<ReportKey> = {}): ReportKey {
  return {
    active: true,
    lastRotated: new Date("2026-11-01T08:00:00Z"),
    lastUsedDate: new Date("2026-11-22T08:00:00Z"),
    lastUsedRegion: "ap-northeast-1",
    lastUsedService: "sts",
    ...differences,
  };
}

/** A device user as the baseline wants it: MFA, one young key in use, no password. */
export function reportRow(differences: Partial<CredentialReportRow> = {}): CredentialReportRow {
  const user = differences.user ?? "work";
  return {
    user,
    arn: `arn:aws:iam::${ACCOUNT}:user/baseline/device/${user}`,
    userCreationTime: new Date("2026-09-01T08:00:00Z"),
    passwordEnabled: false,
    passwordLastUsed: "N/A",
    passwordLastChanged: "N/A",
    passwordNextRotation: "N/A",
    mfaActive: true,
    accessKeys: [reportKey(), NO_KEY],
    certificates: [NO_CERTIFICATE, NO_CERTIFICATE],
    ...differences,
  };
}

/** The root user as the baseline wants it: MFA, no keys, last used in May. */
export function rootRow(differences: Partial<CredentialReportRow> = {}): CredentialReportRow {
  return reportRow({
    user: ROOT_ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:root`,
    passwordEnabled: true,
    passwordLastUsed: new Date("2026-05-02T07:11:12Z"),
    passwordLastChanged: new Date("2024-03-01T09:00:00Z"),
    passwordNextRotation: "not_supported",
    accessKeys: [NO_KEY, NO_KEY],
    ...differences,
  });
}

export interface RenderOptions {
  /** Names of all columns in the order to write them; ones that IAM does not know are filled with `extraValue`. */
  readonly columns?: readonly string[];
  readonly extraValue?: string;
  readonly lineEnd?: "\n" | "\r\n";
  readonly finalLineEnd?: boolean;
  readonly byteOrderMark?: boolean;
}

/** Writes a report as IAM does: LF, no line end at the end, quotes only where needed. */
export function renderCredentialReport(
  rows: readonly CredentialReportRow[],
  options: RenderOptions = {},
): string {
  const {
    columns = columnsOf(rows),
    extraValue = "N/A",
    lineEnd = "\n",
    finalLineEnd = false,
    byteOrderMark = false,
  } = options;
  const lines = [
    columns,
    ...rows.map((row) => {
      const cells = cellsOf(row);
      return columns.map((column) => cells[column] ?? extraValue);
    }),
  ];
  const text = lines.map((cells) => cells.map(quoted).join(",")).join(lineEnd);
  return `${byteOrderMark ? "\ufeff" : ""}${text}${finalLineEnd ? lineEnd : ""}`;
}

/** The columns in AWS's order. */
export function columnsOf(rows: readonly CredentialReportRow[]): string[] {
  const additional = rows.some((row) => row.additionalCredentialsInfo !== undefined);
  return Object.keys(cellsOf(rows[0] ?? rootRow())).filter(
    (column) => additional || column !== "additional_credentials_info",
  );
}

function cellsOf(row: CredentialReportRow): Readonly<Record<string, string>> {
  return {
    user: row.user,
    arn: row.arn,
    user_creation_time: date(row.userCreationTime),
    password_enabled: String(row.passwordEnabled),
    password_last_used: date(row.passwordLastUsed),
    password_last_changed: date(row.passwordLastChanged),
    password_next_rotation: date(row.passwordNextRotation),
    mfa_active: String(row.mfaActive),
    ...keyCells(row.accessKeys[0], 1),
    ...keyCells(row.accessKeys[1], 2),
    ...certificateCells(row.certificates[0], 1),
    ...certificateCells(row.certificates[1], 2),
    additional_credentials_info: row.additionalCredentialsInfo ?? "N/A",
  };
}

function keyCells(key: ReportKey, slot: number): Record<string, string> {
  const prefix = `access_key_${slot}`;
  return {
    [`${prefix}_active`]: String(key.active),
    [`${prefix}_last_rotated`]: date(key.lastRotated),
    [`${prefix}_last_used_date`]: date(key.lastUsedDate),
    [`${prefix}_last_used_region`]: key.lastUsedRegion,
    [`${prefix}_last_used_service`]: key.lastUsedService,
  };
}

function certificateCells(certificate: ReportCertificate, slot: number): Record<string, string> {
  return {
    [`cert_${slot}_active`]: String(certificate.active),
    [`cert_${slot}_last_rotated`]: date(certificate.lastRotated),
  };
}

function date(value: ReportDate): string {
  return value instanceof Date ? value.toISOString().replace(".000Z", "Z") : value;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
