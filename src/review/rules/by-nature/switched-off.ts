import { defineRule } from "../../../findings/rule";
import type { LedgerEntry } from "../../ledger/ledger";
import { defaulted, isOff, isOn } from "../../ledger/switches";
import { type Draft, listed } from "../../review-finding";
import { entryDiff, pathsOf } from "./entry-diff";
import { aboutResource, isAdded, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

export const SWITCHED_OFF = defineRule({
  id: "switched-off",
  area: "review",
  title: "Something is switched off",
  severities: ["medium"],
  why: "An alarm, a rule, a check or a service that is off does nothing, and says nothing of it.",
  example: {
    before: "aws_cloudwatch_composite_alarm: { actions_enabled = true }",
    after: "{ actions_enabled = false }",
  },
  remedy: "Keep it on, or say in the pull request why not.",
  since: "0.2.0",
});

/** States and modes of whatever type: off where it was on is a finding, another mode is not judged. */
export function switchedOff(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "state");
  if (isAdded(change)) {
    context.ledger.settle(entries);
    return [];
  }
  const isSwitchedOff = ({ name, before, after }: LedgerEntry) =>
    isOn(defaulted(name, before)) && isOff(defaulted(name, after));
  const isSwitchedOn = ({ name, before, after }: LedgerEntry) =>
    isOff(defaulted(name, before)) && isOn(defaulted(name, after));
  const off = entries.filter(isSwitchedOff);
  const on = entries.filter(isSwitchedOn);
  context.ledger.strike([...off, ...on]);
  context.ledger.settle(on);
  return [
    ...(off.length === 0
      ? []
      : [
          {
            ...aboutResource(change),
            rule: SWITCHED_OFF,
            severity: "medium" as const,
            category: "guard-rails" as const,
            predicate: `${change.address} is switched off (${listed(pathsOf(off))})`,
            evidence: entryDiff(off),
          },
        ]),
  ];
}
