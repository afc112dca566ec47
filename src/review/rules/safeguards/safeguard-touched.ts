import { defineRule } from "../../../findings/rule";
import { type Draft, listed } from "../../review-finding";
import { entryDiff } from "../by-nature/entry-diff";
import {
  aboutResource,
  isAdded,
  type JudgingContext,
  type ResourceChange,
} from "../by-nature/resource-change";

export const SAFEGUARD_TOUCHED = defineRule({
  id: "safeguard-touched",
  area: "review",
  title: "Something new works on what keeps credentials short-lived",
  severities: ["medium"],
  why: "A trigger, a subscription, a runtime setting or a policy of the function, its log, its queue or its topic changes what it does or who hears of it, without a change of the function itself.",
  example: {
    before: "no event source mapping",
    after: 'aws_lambda_event_source_mapping: { function_name = "baseline-deactivate-access-keys", ... }',
  },
  remedy: "Leave the function, its schedule and its alarms to the baseline.",
  since: "0.2.0",
});

/** A resource that names a function, schedule, topic, queue or log group of the baseline, and comes new. */
export function safeguardTouched(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const { ledger, safeguards, isNew } = context;
  if (!isAdded(change) || isNew || safeguards.size === 0) return [];
  const entries = ledger
    .of(change.key)
    .filter(({ after, name }) => !OWN_NAME.test(name) && namesIn(after).some((text) => safeguards.has(text)));
  if (entries.length === 0) return [];
  ledger.strike(entries);
  // a further subscription is told by what it subscribes
  if (change.type === "aws_sns_topic_subscription") return [];
  const names = [...new Set(entries.flatMap(({ after }) => namesIn(after)))].filter((name) =>
    safeguards.has(name),
  );
  return [
    {
      ...aboutResource(change),
      rule: SAFEGUARD_TOUCHED,
      severity: "medium",
      category: "hygiene",
      predicate: `${change.address} is new and works on ${listed(names)}`,
      evidence: entryDiff(entries),
    },
  ];
}

/** What something is called, not what it works on. */
const OWN_NAME = /^(?:name|description|tags\..*|.*alarm_name|display_name)$/;

function namesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value, value.replace(/:\*$/, "")];
  return Array.isArray(value) ? value.flatMap(namesIn) : [];
}
