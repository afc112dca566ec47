import type { AuditInput } from "../../credentials/audit/audit-input";
import { judgedAudit } from "../../credentials/audit/judged-audit";
import { reportAgeText } from "../../credentials/audit/report-age";
import type { FindingReport, NotChecked } from "../../findings/finding";
import type { AccountScope } from "./account-scope";

/** Facts of one account, ready to be judged for one environment. */
export interface AuditFacts {
  readonly account: AccountScope;
  readonly input: AuditInput;
  /** Decides which acceptances have expired. */
  readonly now: Date;
  /** What IAM did not answer, in words. */
  readonly unanswered: readonly string[];
  /** When the report was made, where nobody knows: `input.generatedTime` is then a guess, and this says what of. */
  readonly generatedTimeGuessed?: string;
}

/** Judges one environment: the rule set of the weekly function. Muted findings stay in the result. */
export function auditEnvironment({
  account,
  input,
  now,
  unanswered,
  generatedTimeGuessed,
}: AuditFacts): FindingReport {
  const { environment, scope } = account;
  const judged = judgedAudit(input, scope, now);
  const { findings, muted } = judged;
  const of = environment.name;
  const guessed: readonly NotChecked[] =
    generatedTimeGuessed === undefined
      ? []
      : [{ rule: "report-too-old", reason: `${of}: ${generatedTimeGuessed}; pass --generated-time` }];
  return {
    title: "Credential audit",
    findings: findings.map((finding) => ({ ...finding, environment: of })),
    muted: muted.map((each) => ({ ...each, finding: { ...each.finding, environment: of } })),
    notChecked: [
      ...judged.notChecked.map(({ rule, reason }) => ({ rule, reason: `${of}: ${reason}` })),
      ...guessed,
      ...unanswered.map((reason) => ({ rule: "iam-did-not-answer", reason: `${of}: ${reason}` })),
    ],
    facts: [
      [`Environment ${of}`, `account ${environment.accountId}, ${input.rows.length} rows in the report`],
      [
        `Report of ${of} made`,
        generatedTimeGuessed ?? `${input.generatedTime.toISOString()}, ${reportAgeText(input)} ago`,
      ],
      ...judged.notes.map((note) => [`Note of ${of}`, note] as const),
    ],
  };
}

/** The reports of several environments as one. */
export function joined(reports: readonly FindingReport[]): FindingReport {
  return {
    title: "Credential audit",
    findings: reports.flatMap(({ findings }) => findings),
    muted: reports.flatMap(({ muted }) => muted),
    notChecked: reports.flatMap(({ notChecked }) => notChecked),
    facts: reports.flatMap(({ facts }) => facts),
  };
}
