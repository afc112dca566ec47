import { defineRule } from "../../../findings/rule";
import { isOn } from "../../ledger/switches";
import type { Draft } from "../../review-finding";
import { entriesDraft } from "./entries-draft";
import { type JudgingContext, openOf, type ResourceChange } from "./resource-change";

export const OPENED_TO_ALL = defineRule({
  id: "opened-to-all",
  area: "review",
  title: "Something can be reached from the internet",
  severities: ["high"],
  why: "With a public address, every fault of the service and every weak password is open to everybody who looks for it.",
  example: { before: "publicly_accessible = false", after: "publicly_accessible = true" },
  remedy: "Keep it private, and let in through a network or a proxy that asks who it is.",
  reference: {
    title: "Security pillar: protecting networks",
    url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/protecting-networks.html",
  },
  since: "0.2.0",
});

const KIND = { rule: OPENED_TO_ALL, category: "access" } as const;

/** Switches that open something to everybody, of whatever type. */
export function openedToAll(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "public");
  context.ledger.strike(entries);
  const opened = entries.filter(({ before, after }) => isOn(after) && !isOn(before));
  const others = entries.filter((entry) => !opened.includes(entry));
  context.ledger.settle(others);
  return entriesDraft(change, KIND, "high", "can be reached from the internet", opened);
}
