import type { Severity } from "../../findings/severity";
import { defineDetection } from "../detection";
import { declaredWords, quoted, userWords } from "../event/words";

export const GUARDDUTY_FINDING = defineDetection({
  id: "guardduty-finding",
  title: "GuardDuty found an identity behaving as an attacker's",
  severity: "high",
  otherSeverities: ["critical", "medium", "low"],
  place: "both",
  why: "GuardDuty compares what identities do with what they did before, and knows addresses and steps of attackers: anomalous calls, credentials used from elsewhere, several steps in a row (attack sequences).",
  example: {
    told: "PrivilegeEscalation:IAMUser/AnomalousBehavior of user work; AttackSequence:IAM/CompromisedCredentials.",
    notTold: "A finding about the traffic of an instance.",
  },
  reference: {
    title: "GuardDuty IAM finding types",
    url: "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
  },
  since: "0.2.0",
  pattern: () => ({
    source: ["aws.guardduty"],
    "detail-type": ["GuardDuty Finding"],
    detail: { type: [{ wildcard: "*:IAMUser/*" }, { prefix: "AttackSequence:" }] },
  }),
  judge: (event, scope) => {
    const type = event.text("detail.type") ?? "a finding";
    const name = event.text("detail.resource.accessKeyDetails.userName");
    const declared = declaredWords(name, scope);
    return {
      what: `GuardDuty: ${quoted(type)}${name === undefined ? "" : ` of ${userWords(name, scope)}`}`,
      severity: severityOf(type, event.value("detail.severity")),
      subject: `${type} ${name ?? ""}`,
      ...(declared !== undefined && { declared }),
    };
  },
});

/** @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
function severityOf(type: string, value: unknown): Severity {
  if (type.startsWith("AttackSequence:")) return "critical";
  const severity = typeof value === "number" ? value : Number.NaN;
  if (severity >= 9) return "critical";
  if (severity >= 7 || Number.isNaN(severity)) return "high";
  return severity >= 4 ? "medium" : "low";
}
