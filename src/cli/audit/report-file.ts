import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import type { AuditInput } from "../../credentials/audit/audit-input";
import { declaredUsers } from "../../credentials/audit/audit-scope";
import type { CredentialReportRow } from "../../credentials/credential-report";
import { CredentialReportError, parseCredentialReport } from "../../credentials/parse-credential-report";
import { previousRun } from "../../environment/previous-run";
import { reasonOf } from "../../findings/describe-error";
import { isoMoment } from "../../findings/iso-moment";
import { Refusal } from "../../findings/refusal";
import { ACCOUNT_AMBIGUOUS, FILE_UNREADABLE } from "../../sources/resource/source-refusals";
import type { AccountScope } from "./account-scope";
import type { AuditFacts } from "./environment-audit";

/** A run has ended this long after it started. */
const RUN_MS = 30 * 60_000;

/** A credential report that a person saved. */
export interface ReportFile {
  readonly rows: readonly CredentialReportRow[];
  /** From the ARNs in it. */
  readonly accountId: string;
  /** As the caller tells it; a file does not hold it. */
  readonly generatedTime: Date | undefined;
  /** The latest moment at which IAM can have made it. */
  readonly changedTime: Date;
}

/**
 * Reads a saved report.
 *
 * @param generatedTime `GeneratedTime` of `aws iam get-credential-report`
 * @throws Refusal where there is no file, or none that is a credential report of one account
 */
export function readReportFile(
  file: string,
  generatedTime: string | undefined,
  directory: string,
  now: Date,
): ReportFile {
  const generated = generatedTime === undefined ? undefined : momentOf(generatedTime, now);
  const path = resolve(directory, file);
  const { text, changed } = contentOf(path, file);
  let rows: readonly CredentialReportRow[];
  try {
    rows = parseCredentialReport(text);
  } catch (error) {
    if (!(error instanceof CredentialReportError)) throw error;
    throw new CredentialReportError(`${file}: ${error.message}`, { cause: error });
  }
  const accounts = new Set(rows.map(({ arn }) => /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1]));
  const [accountId] = accounts;
  if (accountId === undefined || accounts.size > 1) {
    throw new Refusal(ACCOUNT_AMBIGUOUS, {
      where: file,
      expected: "ARNs of one account",
      got: [...accounts].join(", ") || "none",
      remedy: "fetch the report again",
    });
  }
  return { rows, accountId, generatedTime: generated, changedTime: changed < now ? changed : now };
}

/**
 * What the report tells an environment. Without a generated time ages count up to the last change of the file, the
 * latest moment that it can have been made at, and nothing is said about its own age or about the nightly run.
 */
export function factsOfFile(report: ReportFile, account: AccountScope, now: Date): AuditFacts {
  const { rows, generatedTime, changedTime } = report;
  const { scope } = account;
  const lastNightlyRun =
    generatedTime === undefined || scope.nightly === undefined
      ? undefined
      : previousRun(scope.nightly, new Date(generatedTime.getTime() - RUN_MS));
  const input: AuditInput = {
    rows,
    generatedTime: generatedTime ?? changedTime,
    // what nobody knows is not judged: the age of the report is "not checked", and ages count to the same moment
    now: generatedTime === undefined ? changedTime : now,
    declared: declaredUsers(scope),
    paths: scope.paths,
    ...(scope.neighbours !== undefined && { neighbours: scope.neighbours }),
    ...(scope.inCharge !== undefined && { inCharge: scope.inCharge }),
    ...(scope.root !== undefined && { root: scope.root }),
    ...(scope.keyRules === undefined ? {} : { keyRules: scope.keyRules }),
    ...(lastNightlyRun === undefined ? {} : { lastNightlyRun }),
  };
  return {
    account,
    input,
    now,
    unanswered: [],
    ...(generatedTime === undefined && {
      generatedTimeGuessed: `not known when the report was made; the file changed at ${changedTime.toISOString()}`,
    }),
  };
}

function contentOf(path: string, file: string): { readonly text: string; readonly changed: Date } {
  try {
    return { text: readFileSync(path, "utf8"), changed: statSync(path).mtime };
  } catch (cause) {
    throw new Refusal(
      FILE_UNREADABLE,
      {
        where: `--report ${file}`,
        expected: "a file with a credential report",
        got: reasonOf(cause),
        remedy: "save one with aws iam get-credential-report --query Content --output text | base64 -d",
      },
      { cause },
    );
  }
}

function momentOf(text: string, now: Date): Date {
  const moment = isoMoment(text);
  if (moment !== undefined && moment <= now) return moment;
  throw new Refusal(OPTION_VALUE_INVALID, {
    where: "--generated-time",
    expected: "a past moment like 2026-11-23T10:00:00Z",
    got: `"${text}"`,
    remedy: "it is GeneratedTime of aws iam get-credential-report",
  });
}
