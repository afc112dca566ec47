import { defineRule } from "../../../findings/rule";
import type { LedgerEntry } from "../../ledger/ledger";
import { defaulted, isOff } from "../../ledger/switches";
import { isAbsent } from "../../ledger/values";
import { type Draft, listed } from "../../review-finding";
import { isGraphType } from "../resources/graph-types";
import { entryDiff, pathsOf } from "./entry-diff";
import { isForeignType } from "./not-judged";
import { aboutResource, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

export const ORDINARY_CHANGE = defineRule({
  id: "ordinary-change",
  area: "review",
  title: "Something changes and means no more access and no less protection",
  severities: ["info"],
  why: "It is told so that a reviewer sees that it was looked at: judged and found to be harmless, or on the list of ordinary attributes, which has a reason for each group (`src/review/natures/ordinary-attributes.ts`).",
  example: { before: 'description = "uploads"', after: 'description = "uploads of the site"' },
  remedy: "Nothing, if it is meant.",
  since: "0.2.0",
});

/** Resources of providers that hold no access and reach nothing. */
const QUIET = /^(?:random_|time_|null_resource$|terraform_data$)/;

/** A switch that is off says what it says when nobody writes it. */
function isDefault({ name, before, after }: LedgerEntry): boolean {
  const value = isAbsent(before) ? after : isAbsent(after) ? before : undefined;
  return value !== undefined && isOff(value) && isOff(defaulted(name, undefined));
}

/** What is left of a resource that is ordinary, and what rules have judged and found to be harmless, in one note. */
export function ordinaryChange(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const { ledger } = context;
  // of another provider nobody here knows what comes with it
  if (change.before === undefined && isForeignType(change.type)) return [];
  ledger.settle(openOf(change, context, "ordinary"));
  ledger.settle(
    openOf(change, context, "unknown").filter((entry) => isDefault(entry) || QUIET.test(change.type)),
  );
  const entries = ledger.settled(change.key);
  const isPresence = change.before === undefined || change.after === undefined;
  // rules about the access graph tell who comes and goes
  if (entries.length === 0 || (isPresence && isGraphType(change.type))) return [];
  const what =
    change.before === undefined
      ? "is new"
      : change.after === undefined
        ? "is removed"
        : `changes (${listed(pathsOf(entries))})`;
  return [
    {
      ...aboutResource(change),
      rule: ORDINARY_CHANGE,
      severity: "info",
      category: "terraform",
      predicate: `${change.address} ${what}`,
      ...(!isPresence && { evidence: entryDiff(entries) }),
      isNote: true,
    },
  ];
}
