import { defineRule } from "../../../findings/rule";
import type { Safeguard } from "../../../iam/graph";
import type { Draft } from "../../review-finding";
import type { Judgement } from "./judgement";

export const SAFEGUARD_WEAKENED = defineRule({
  id: "safeguard-weakened",
  area: "review",
  title: "What keeps credentials short-lived is weaker than before",
  severities: ["critical", "high", "medium", "low"],
  why: "A schedule that runs less often, a key rule with a later limit, an alarm that goes off later, a function that only pretends: each keeps stolen or forgotten keys active for longer, and most of them silently. A function that anybody may invoke weighs critical.",
  example: {
    before: 'schedule_expression = "cron(0 0 * * ? *)"',
    after: 'schedule_expression = "cron(0 0 1 * ? *)"',
  },
  remedy: "Keep it as strict as it was, or say in the pull request why not.",
  since: "0.1.0",
});

export function safeguardWeakened(
  { address }: Safeguard,
  { severity, words }: Judgement,
  evidence: readonly string[],
): Draft {
  return {
    rule: SAFEGUARD_WEAKENED,
    severity,
    category: "hygiene",
    address,
    subjects: [],
    predicate: words,
    evidence,
  };
}
