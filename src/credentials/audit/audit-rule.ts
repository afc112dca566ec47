import type { Finding, NotChecked } from "../../findings/finding";
import type { RuleDeclaration } from "../../findings/rule";
import type { Severity } from "../../findings/severity";
import type { CredentialReportRow } from "../credential-report";
import type { AuditInput, AuditResult, OtherCredentials } from "./audit-input";
import type { AuditedUser } from "./audited-user";

/** What a rule says: something that should not be, that it could not tell, or that should be known. */
export type Judgement =
  | {
      readonly severity: Severity;
      readonly message: string;
      readonly remedy: string;
      readonly address?: string;
    }
  | { readonly notChecked: string }
  | { readonly note: string };

/** A rule about the root user's row. Only the audit in charge of the account asks it. */
export interface RootRule {
  readonly declaration: RuleDeclaration;
  /** @default always */
  appliesTo?(input: AuditInput): boolean;
  judge(root: CredentialReportRow, input: AuditInput): readonly Judgement[];
}

/** A rule about one user's row, beside what the environment says of the user. */
export interface UserRule {
  readonly declaration: RuleDeclaration;
  judge(user: AuditedUser, input: AuditInput): readonly Judgement[];
}

/** A rule about the report or the account as a whole; its judgements say what they are about. */
export interface AccountRule {
  readonly declaration: RuleDeclaration;
  /** About what belongs to no environment: told once, by the audit in charge of the account. @default false */
  readonly inChargeOnly?: boolean;
  judge(input: AuditInput): readonly Judgement[];
}

/** The judgements of a rule as findings of it. */
export function resultOf(
  { id, reference }: RuleDeclaration,
  address: string,
  judgements: readonly Judgement[],
): Required<AuditResult> {
  // a page of AWS is for reading; the number of a benchmark is part of the finding
  const benchmark = reference?.url === undefined ? reference?.title : undefined;
  const findings: Finding[] = [];
  const notChecked: NotChecked[] = [];
  const notes: string[] = [];
  for (const judgement of judgements) {
    if ("note" in judgement) notes.push(judgement.note);
    else if ("notChecked" in judgement) notChecked.push({ rule: id, reason: judgement.notChecked });
    else {
      findings.push({
        rule: id,
        address,
        ...judgement,
        ...(benchmark !== undefined && { reference: benchmark }),
      });
    }
  }
  return { findings, notChecked, notes };
}

/** Why it is not known which further credentials a user has: what nobody asked IAM for is not clean. */
export function whyNotAsked(others: OtherCredentials | undefined): string {
  return others?.notAsked.join("; ") || "the credential report does not tell it";
}
