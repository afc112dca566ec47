import {
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { defineRefusal, Refusal } from "../findings/refusal";
import { isNamed } from "./sdk-error";

export const CREDENTIAL_REPORT_MISSING = defineRefusal({
  code: "credential-report-missing",
  title: "IAM gave no credential report",
  why: "IAM makes one at most every four hours, and takes its time. Nothing was audited, which is never to be taken for a clean account.",
  example:
    "error[credential-report-missing]: IAM gave no credential report in 60 attempts, 2 s apart; its last word was STARTED. Nothing was audited. Try again in some minutes",
  remedy: "Try again in some minutes.",
  since: "0.1.0",
});

/** IAM's credential report as it came. */
export interface FetchedReport {
  /** CSV, UTF-8. */
  readonly text: string;
  /** When IAM made it; up to 4 hours ago, because IAM makes a new one no more often. */
  readonly generatedTime: Date;
}

export interface FetchReportOptions {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds between two questions. @default 2000 */
  readonly intervalMs?: number;
  /** Questions in all, before giving up. @default 60: two minutes */
  readonly maxAttempts?: number;
}

/** IAM gave no credential report: never to be taken for a clean one. */
export class NoCredentialReportError extends Refusal {
  override readonly name = "NoCredentialReportError";

  constructor(message: string, options?: ErrorOptions) {
    super(CREDENTIAL_REPORT_MISSING, message, options);
  }
}

/**
 * Has IAM make the credential report, waits for it and fetches it. A report that expires or vanishes between the two
 * calls is asked for again.
 *
 * @throws NoCredentialReportError when IAM does not finish in time, or answers without content or date
 * @throws the SDK's error when IAM refuses (`AccessDenied`, or `LimitExceeded`: too many reports asked for at once)
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export async function fetchCredentialReport(
  client: IAMClient,
  { sleep, intervalMs = 2_000, maxAttempts = 60 }: FetchReportOptions,
): Promise<FetchedReport> {
  let state = "never asked";
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (attempt > 0) await sleep(intervalMs);
    const { State } = await client.send(new GenerateCredentialReportCommand({}));
    state = State ?? "no state";
    if (State !== "COMPLETE") continue;
    const report = await getReport(client);
    if (typeof report !== "string") return report;
    state = report;
  }
  throw new NoCredentialReportError(
    `IAM gave no credential report in ${maxAttempts} attempts, ${intervalMs / 1000} s apart; its last word was ${state}. ` +
      "Nothing was audited. Try again in some minutes",
  );
}

/** The report, or why there is none yet. */
async function getReport(client: IAMClient): Promise<FetchedReport | string> {
  try {
    const { Content, GeneratedTime } = await client.send(new GetCredentialReportCommand({}));
    if (Content === undefined || Content.length === 0 || GeneratedTime === undefined) {
      throw new NoCredentialReportError("IAM answered with an empty credential report. Nothing was audited");
    }
    return { text: Buffer.from(Content).toString("utf8"), generatedTime: GeneratedTime };
  } catch (error) {
    if (isNamed(error, "ReportNotPresent", "CredentialReportNotPresentException")) return "ReportNotPresent";
    if (isNamed(error, "ReportInProgress", "CredentialReportNotReadyException")) return "ReportInProgress";
    if (isNamed(error, "ReportExpired", "CredentialReportExpiredException")) return "ReportExpired";
    throw error;
  }
}
