import { parse } from "csv-parse/sync";
import { reasonOf } from "../findings/describe-error";
import { isoMoment } from "../findings/iso-moment";
import { defineRefusal, Refusal } from "../findings/refusal";
import {
  type CredentialReportRow,
  type ReportCertificate,
  type ReportDate,
  type ReportKey,
  ROOT_ACCOUNT,
} from "./credential-report";

export const CREDENTIAL_REPORT_INVALID = defineRefusal({
  code: "credential-report-invalid",
  title: "A credential report is cut off, or none",
  why: "A report with a missing column, a row cut short or no root user hides what it should show. It is never taken for a clean one.",
  example: "error[credential-report-invalid]: credential report: expected CSV, got nothing; fetch it again",
  remedy: "Fetch it again: `aws iam get-credential-report --query Content --output text | base64 -d`.",
  since: "0.1.0",
});

/** A text that is no complete credential report. Nothing may be concluded from it. */
export class CredentialReportError extends Refusal {
  override readonly name = "CredentialReportError";

  constructor(message: string, options?: ErrorOptions) {
    super(CREDENTIAL_REPORT_INVALID, message, options);
  }
}

/** Columns without which nothing can be judged, as AWS orders them. Others may come and are ignored. */
export const REQUIRED_COLUMNS = [
  "user",
  "arn",
  "user_creation_time",
  "password_enabled",
  "password_last_used",
  "password_last_changed",
  "password_next_rotation",
  "mfa_active",
  ...[1, 2].flatMap((slot) =>
    ["active", "last_rotated", "last_used_date", "last_used_region", "last_used_service"].map(
      (what) => `access_key_${slot}_${what}`,
    ),
  ),
  ...[1, 2].flatMap((slot) => [`cert_${slot}_active`, `cert_${slot}_last_rotated`]),
];

/**
 * Reads a whole credential report: whoever judges the account by it may conclude from what is not there.
 *
 * @throws CredentialReportError as {@link parseReportRows} does, and for a report without the root user's row, which a
 *   real one always has
 */
export function parseCredentialReport(text: string): CredentialReportRow[] {
  const rows = parseReportRows(text);
  if (!rows.some(({ user }) => user === ROOT_ACCOUNT)) {
    throw new CredentialReportError(
      `credential report: expected a row of ${ROOT_ACCOUNT}, as every report of IAM's has, got ${rows.length} rows without one; it is not the whole report: fetch it again`,
    );
  }
  return rows;
}

/**
 * Reads the rows of a credential report, or of a part of one, by the names of its columns, in any order and with columns that AWS adds later.
 *
 * @param text CSV, UTF-8, with or without byte order mark, LF or CRLF, with or without a last line end
 * @throws CredentialReportError for a missing or doubled column, a row cut short, a value that is none of AWS's, a user
 *   named twice, and a report without rows
 */
export function parseReportRows(text: string): CredentialReportRow[] {
  const [header, ...records] = readCsv(text);
  if (header === undefined)
    throw new CredentialReportError("credential report: expected CSV, got nothing; fetch it again");
  const doubled = header.find((column, index) => header.indexOf(column) !== index);
  if (doubled !== undefined) {
    throw new CredentialReportError(`credential report: expected each column once, got "${doubled}" twice`);
  }
  const missing = REQUIRED_COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new CredentialReportError(
      `credential report: expected the columns of IAM's report, got none called ${missing.join(", ")}; fetch it again with GetCredentialReport`,
    );
  }
  if (records.length === 0) {
    throw new CredentialReportError(
      "credential report: expected at least one user, got only the header; fetch it again",
    );
  }
  const seen = new Set<string>();
  return records.map((record, index) => {
    const row = readRow(new Cells(header, record, index + 2));
    if (seen.has(row.user)) {
      throw new CredentialReportError(
        `credential report, row ${index + 2}: expected each user once, got "${row.user}" again`,
      );
    }
    seen.add(row.user);
    return row;
  });
}

function readCsv(text: string): string[][] {
  try {
    return parse(text, { bom: true, record_delimiter: ["\r\n", "\n"], skip_empty_lines: true });
  } catch (cause) {
    throw new CredentialReportError(
      `credential report: expected rows as long as the header, got a broken one (${reasonOf(cause)}); the file is cut short or no report: fetch it again`,
      { cause },
    );
  }
}

function readRow(cells: Cells): CredentialReportRow {
  const additional = cells.optional("additional_credentials_info");
  return {
    user: cells.text("user"),
    arn: cells.text("arn"),
    userCreationTime: cells.date("user_creation_time"),
    passwordEnabled:
      cells.optional("password_enabled") === "not_supported"
        ? "not_supported"
        : cells.flag("password_enabled"),
    passwordLastUsed: cells.date("password_last_used"),
    passwordLastChanged: cells.date("password_last_changed"),
    passwordNextRotation: cells.date("password_next_rotation"),
    mfaActive: cells.flag("mfa_active"),
    accessKeys: [readKey(cells, 1), readKey(cells, 2)],
    certificates: [readCertificate(cells, 1), readCertificate(cells, 2)],
    ...(additional === undefined ? {} : { additionalCredentialsInfo: additional }),
  };
}

function readKey(cells: Cells, slot: 1 | 2): ReportKey {
  const prefix = `access_key_${slot}`;
  return {
    active: cells.flag(`${prefix}_active`),
    lastRotated: cells.date(`${prefix}_last_rotated`),
    lastUsedDate: cells.date(`${prefix}_last_used_date`),
    lastUsedRegion: cells.text(`${prefix}_last_used_region`),
    lastUsedService: cells.text(`${prefix}_last_used_service`),
  };
}

function readCertificate(cells: Cells, slot: 1 | 2): ReportCertificate {
  return { active: cells.flag(`cert_${slot}_active`), lastRotated: cells.date(`cert_${slot}_last_rotated`) };
}

/** One row, by column name. */
class Cells {
  constructor(
    private readonly header: readonly string[],
    private readonly record: readonly string[],
    /** Row in the file, the header being 1. */
    private readonly row: number,
  ) {}

  optional(column: string): string | undefined {
    const index = this.header.indexOf(column);
    return index < 0 ? undefined : this.record[index];
  }

  text(column: string): string {
    const value = this.optional(column);
    if (value === undefined || value === "") throw this.wrong(column, "a value", value);
    return value;
  }

  flag(column: string): boolean {
    const value = this.text(column).toLowerCase();
    if (value !== "true" && value !== "false") throw this.wrong(column, "true or false", value);
    return value === "true";
  }

  date(column: string): ReportDate {
    const value = this.text(column);
    if (value === "N/A" || value === "no_information" || value === "not_supported") return value;
    const date = isoMoment(value);
    if (date === undefined) {
      throw this.wrong(
        column,
        "a date like 2026-09-11T13:14:52Z, N/A, no_information or not_supported",
        value,
      );
    }
    return date;
  }

  private wrong(column: string, expected: string, got: string | undefined): CredentialReportError {
    return new CredentialReportError(
      `credential report, row ${this.row}, ${column}: expected ${expected}, got ${JSON.stringify(got ?? "nothing")}; fetch the report again`,
    );
  }
}
