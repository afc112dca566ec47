import type { NotChecked } from "../../findings/finding";
import { ROOT_ACCOUNT } from "../credential-report";
import type { AuditInput, AuditResult } from "./audit-input";
import { resultOf } from "./audit-rule";
import { ACCOUNT_RULES, ROOT_RULES, USER_RULES } from "./audit-rules";
import { auditedUsers } from "./audited-user";

/**
 * Judges one credential report: the rule set of the weekly function and of the command line. Pure: `now` and
 * everything IAM was asked for are arguments. What could not be judged is said in `notChecked`.
 *
 * @throws RangeError for a report without rows: no report is an error, never a clean account
 */
export function auditReport(input: AuditInput): AuditResult {
  const { rows, inCharge = true } = input;
  if (rows.length === 0)
    throw new RangeError("audit: expected a credential report with rows, got none; fetch it again");
  const accountRules = ACCOUNT_RULES.filter(({ inChargeOnly = false }) => inCharge || !inChargeOnly);
  const results = [
    ...(inCharge ? auditRoot(input) : []),
    ...accountRules.map(({ declaration, judge }) => resultOf(declaration, "account", judge(input))),
    ...auditedUsers(input).flatMap((user) =>
      USER_RULES.map(({ declaration, judge }) => resultOf(declaration, user.address, judge(user, input))),
    ),
  ];
  return {
    findings: results.flatMap(({ findings }) => findings),
    notChecked: once(results.flatMap(({ notChecked }) => notChecked)),
    notes: results.flatMap(({ notes }) => notes),
  };
}

function auditRoot(input: AuditInput): readonly Required<AuditResult>[] {
  const root = input.rows.find(({ user }) => user === ROOT_ACCOUNT);
  const missing = [{ notChecked: "the report has no row for the root user" }];
  return ROOT_RULES.filter(({ appliesTo }) => appliesTo?.(input) ?? true).map(({ declaration, judge }) =>
    resultOf(declaration, "root", root === undefined ? missing : judge(root, input)),
  );
}

function once(notChecked: readonly NotChecked[]): NotChecked[] {
  const seen = new Map(notChecked.map((entry) => [`${entry.rule}\n${entry.reason}`, entry]));
  return [...seen.values()];
}
