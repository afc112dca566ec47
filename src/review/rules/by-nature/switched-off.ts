import { defineRule } from "../../../findings/rule";
import type { LedgerEntry } from "../../ledger/ledger";
import { defaulted, isOff, isOn } from "../../ledger/switches";
import { isAbsent } from "../../ledger/values";
import type { Draft } from "../../review-finding";
import { entriesDraft } from "./entries-draft";
import { isAdded, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

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

const KIND = { rule: SWITCHED_OFF, category: "guard-rails" } as const;

/** Types that stand for a setting of an account or a region, and make nothing. */
const SETTING =
  /_block_public_access(?:_configuration)?$|_by_default$|_defaults$|_preferences$|_settings?$|_account(?:_\w+)?$|_recorder_status$|_enabler$|_features$|_status$/;

/** States and modes of whatever type: off where it was on is a finding, another mode is not judged. */
export function switchedOff(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "state");
  if (isAdded(change)) {
    // a setting of the account is there before anybody writes it: what comes new says how it is from now on
    const off = entries.filter(({ after }) => !isAbsent(after) && isOff(after));
    const isTold = SETTING.test(change.type) && !context.isNew && off.length > 0;
    context.ledger.settle(isTold ? entries.filter((entry) => !off.includes(entry)) : entries);
    if (!isTold) return [];
    context.ledger.strike(off);
    return entriesDraft(change, KIND, "medium", "says from now on that it is off", off);
  }
  const isSwitchedOff = ({ name, before, after }: LedgerEntry) =>
    isOn(defaulted(name, before)) && isOff(defaulted(name, after));
  const isSwitchedOn = ({ name, before, after }: LedgerEntry) =>
    isOff(defaulted(name, before)) && isOn(defaulted(name, after));
  const off = entries.filter(isSwitchedOff);
  const on = entries.filter(isSwitchedOn);
  context.ledger.strike([...off, ...on]);
  context.ledger.settle(on);
  return entriesDraft(change, KIND, "medium", "is switched off", off);
}
