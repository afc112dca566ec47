import { defineRule } from "../../../findings/rule";
import type { Safeguard } from "../../../iam/graph";
import type { Draft } from "../../review-finding";
import type { Judgement } from "./judgement";

export const SAFEGUARD_CHANGED = defineRule({
  id: "safeguard-changed",
  area: "review",
  title: "What keeps credentials short-lived changes, and is no weaker",
  severities: ["info"],
  why: "A longer retention, a further alarm or other code of a function is told so that a reviewer sees that it was looked at.",
  example: { before: "retention_in_days = 90", after: "retention_in_days = 365" },
  remedy: "Nothing, if it is meant.",
  since: "0.1.0",
});

export function safeguardChanged(
  { address }: Safeguard,
  { severity, words }: Judgement,
  evidence: readonly string[],
): Draft {
  return {
    rule: SAFEGUARD_CHANGED,
    severity,
    category: "hygiene",
    address,
    subjects: [],
    predicate: words,
    evidence,
    isNote: true,
  };
}
