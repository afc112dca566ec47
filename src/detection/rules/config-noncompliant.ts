import { defineDetection } from "../detection";
import { quoted } from "../event/words";

export const CONFIG_NONCOMPLIANT = defineDetection({
  id: "config-noncompliant",
  title: "AWS Config found a resource against a rule",
  severity: "low",
  urgency: "digest",
  place: "home",
  why: "Config evaluates the managed rules of this baseline, changes by hand included, and keeps when each began.",
  example: {
    told: "User work has a policy of its own (iam-user-no-policies-check).",
    notTold: "A resource becomes compliant again.",
  },
  reference: {
    title: "Monitoring AWS Config with EventBridge",
    url: "https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html",
  },
  since: "0.2.0",
  pattern: () => ({
    source: ["aws.config"],
    "detail-type": ["Config Rules Compliance Change"],
    detail: { newEvaluationResult: { complianceType: ["NON_COMPLIANT"] } },
  }),
  judge: (event) => {
    const rule = event.text("detail.configRuleName") ?? "?";
    const resource =
      `${event.text("detail.resourceType") ?? ""} ${event.text("detail.resourceId") ?? "?"}`.trim();
    return {
      what: `AWS Config: ${quoted(resource)} is against ${quoted(rule)}`,
      subject: `${rule} ${resource}`,
    };
  },
});
