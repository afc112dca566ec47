import { defineRule } from "../../../findings/rule";
import type { Safeguard } from "../../../iam/graph";
import type { Draft } from "../../review-finding";
import { safeguardText } from "./safeguard-text";

export const SAFEGUARD_REMOVED = defineRule({
  id: "safeguard-removed",
  area: "review",
  title: "A schedule, function, alarm, queue or topic that keeps credentials short-lived is removed",
  severities: ["high", "low"],
  why: "Without it keys stay active, or a run that failed leaves no trace and nobody hears of it. An account alias weighs low.",
  example: { before: "aws_cloudwatch_metric_alarm.deactivation-heartbeat", after: "the alarm is gone" },
  remedy: "Keep it: without it, keys stay active or nobody hears of a failure.",
  since: "0.1.0",
});

export function safeguardRemoved(safeguard: Safeguard): Draft {
  return {
    rule: SAFEGUARD_REMOVED,
    severity: safeguard.type === "aws_iam_account_alias" ? "low" : "high",
    category: "hygiene",
    address: safeguard.address,
    subjects: [],
    predicate: `${safeguardText(safeguard)} is removed`,
  };
}
