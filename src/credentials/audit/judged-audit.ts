import {
  ACCEPTANCE_EXPIRED,
  ACCEPTANCE_UNUSED,
  type Acceptance,
  type Accepted,
  applyAcceptances,
} from "../../findings/acceptance";
import type { AuditInput, AuditResult } from "./audit-input";
import { auditReport } from "./audit-report";
import { AUDIT_RULE_IDS } from "./audit-rules";
import type { AuditScope } from "./audit-scope";
import { auditedUsers } from "./audited-user";

/** One audit with its exceptions applied. */
export interface JudgedAudit extends Omit<Required<AuditResult>, "findings">, Accepted {}

/**
 * Judges a report for one environment and mutes what may stand. What the audit in charge tells of the whole account may
 * be accepted by any environment of it; whether such an exception is still needed, only the audit in charge can say, and
 * only of its own.
 *
 * @param now decides which exceptions have ended; `input.now` may be the age of a file instead
 */
export function judgedAudit(input: AuditInput, scope: AuditScope, now: Date): JudgedAudit {
  const { findings, notChecked, notes = [] } = auditReport(input);
  const own = input.inCharge === false ? scope.acceptances.filter(isOurs(input)) : scope.acceptances;
  const others = input.inCharge === false ? [] : (scope.neighbourAcceptances ?? []);
  const accepted = applyAcceptances(findings, [...own, ...others], AUDIT_RULE_IDS, now);
  const theirs = new Set(others.map(({ finding, subject }) => `accepted/${finding}/${subject}`));
  const ours = new Set(own.map(({ finding, subject }) => `accepted/${finding}/${subject}`));
  return {
    findings: accepted.findings.filter(
      ({ rule, address }) =>
        (rule !== ACCEPTANCE_EXPIRED.id && rule !== ACCEPTANCE_UNUSED.id) ||
        !theirs.has(address) ||
        ours.has(address),
    ),
    muted: accepted.muted,
    notChecked,
    notes,
  };
}

/** Whether an exception is about something that this audit judges, or about nobody that the report knows. */
function isOurs(input: AuditInput): (acceptance: Acceptance) => boolean {
  const judged = new Set(auditedUsers(input).map(({ address }) => address));
  const known = new Set(input.rows.map(({ user }) => `user/${user}`));
  return ({ subject }) => subject.startsWith("user/") && (judged.has(subject) || !known.has(subject));
}
