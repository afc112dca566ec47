import type { IAMClient } from "@aws-sdk/client-iam";
import type { AuditInput } from "../credentials/audit/audit-input";
import { type AuditScope, declaredUsers } from "../credentials/audit/audit-scope";
import { auditedUsers } from "../credentials/audit/audited-user";
import { rulesOf } from "../credentials/coverage";
import { type CredentialReportRow, pathOf } from "../credentials/credential-report";
import { parseCredentialReport } from "../credentials/parse-credential-report";
import { previousRun } from "../environment/previous-run";
import { type FetchReportOptions, fetchCredentialReport } from "./credential-report";
import { iamCredentials } from "./iam-credentials";
import { askQuarantined, listOtherCredentials } from "./other-credentials";
import { describeError } from "./sdk-error";
import { listServerCertificates } from "./server-certificates";

/** A run has ended this long after it started: the function's timeout is at most 15 minutes, a retry as long again. */
const RUN_MS = 30 * 60_000;

export interface AuditFacts {
  readonly input: AuditInput;
  /** What IAM was asked and did not answer, in words. Rules that wanted it say *not checked*. */
  readonly unanswered: readonly string[];
}

/**
 * Everything that the audit of an account judges by: the credential report, server certificates, and, where the report
 * is older than the last nightly run, the live keys of the users it should have ended.
 *
 * @throws NoCredentialReportError, CredentialReportError or the SDK's error when there is no report to judge
 */
export async function gatherAuditFacts(
  client: IAMClient,
  scope: AuditScope,
  { now, ...fetching }: FetchReportOptions & { readonly now: () => Date },
): Promise<AuditFacts> {
  const { text, generatedTime } = await fetchCredentialReport(client, fetching);
  const rows = parseCredentialReport(text);
  const unanswered: string[] = [];
  const ask = async <Answer>(what: string, question: () => Promise<Answer>): Promise<Answer | undefined> => {
    try {
      return await question();
    } catch (error) {
      unanswered.push(`${what}: ${describeError(error)}`);
      return undefined;
    }
  };
  const inCharge = scope.inCharge ?? true;
  const serverCertificates = !inCharge
    ? undefined
    : await ask("server certificates", () => listServerCertificates(client));
  const quarantine = await askQuarantined(client, partitionOf(rows));
  const known = {
    rows,
    declared: declaredUsers(scope),
    paths: scope.paths,
    inCharge,
    ...(scope.neighbours !== undefined && { neighbours: scope.neighbours }),
  };
  const otherCredentials = await listOtherCredentials(
    client,
    auditedUsers(known).map(({ row }) => row.user),
  );
  const at = now();
  const lastNightlyRun =
    scope.nightly === undefined ? undefined : previousRun(scope.nightly, new Date(at.getTime() - RUN_MS));
  const activeKeysNow: Record<string, number> = {};
  if (lastNightlyRun !== undefined && generatedTime <= lastNightlyRun) {
    const iam = iamCredentials(client);
    for (const row of rows) {
      const owner = { userName: row.user, path: pathOf(row) ?? "/" };
      const ended =
        scope.keyRules !== undefined && rulesOf(owner, scope.keyRules).some((rule) => rule.nightly);
      if (!ended || !row.accessKeys.some(({ active }) => active)) continue;
      const keys = await ask(`keys of user ${row.user}`, () => iam.listAccessKeys(row.user));
      if (keys === undefined) continue;
      activeKeysNow[row.user] = keys === "gone" ? 0 : keys.filter(({ status }) => status === "Active").length;
    }
  }
  return {
    unanswered,
    input: {
      ...known,
      generatedTime,
      now: at,
      activeKeysNow,
      otherCredentials,
      ...quarantine,
      ...(scope.root !== undefined && { root: scope.root }),
      ...(scope.keyRules === undefined ? {} : { keyRules: scope.keyRules }),
      ...(lastNightlyRun === undefined ? {} : { lastNightlyRun }),
      ...(serverCertificates === undefined ? {} : { serverCertificates }),
    },
  };
}

/** @returns `aws`, `aws-cn` or `aws-us-gov` */
function partitionOf([row]: readonly CredentialReportRow[]): string {
  return row?.arn.split(":")[1] ?? "aws";
}
