import { defineRule } from "../../../findings/rule";
import { foreignAccountsIn } from "../../accounts";
import type { LedgerEntry } from "../../ledger/ledger";
import { isAbsent, isNotKnown } from "../../ledger/values";
import { type Draft, listed } from "../../review-finding";
import { entriesDraft } from "./entries-draft";
import { isAdded, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

export const DESTINATION_CHANGED = defineRule({
  id: "destination-changed",
  area: "review",
  title: "Data, events or requests go elsewhere",
  severities: ["high", "medium", "low"],
  why: "Logs, events and messages hold what happens in the account; whoever receives them reads it, and whoever sends them decides what runs. Another account weighs high, an address of the internet medium, another place in the account low.",
  example: {
    before: 'destination_arn = "arn:aws:logs:eu-west-1:111122223333:destination:audit"',
    after: 'destination_arn = "arn:aws:logs:eu-west-1:999999999999:destination:audit"',
  },
  remedy: "Make sure whose it is, and that it is meant.",
  since: "0.2.0",
});

const KIND = { rule: DESTINATION_CHANGED, category: "access" } as const;

const INTERNET =
  /^(?:https?|wss?|ftp|smtp|tcp):\/\/(?!(?:localhost|127\.|10\.|192\.168\.|[^/]*\.amazonaws\.com(?:[:/]|$)))/i;

/** Where something goes to or comes from, in an attribute of whatever type. */
export function destinationChanged(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "endpoint");
  context.ledger.strike(entries);
  const foreign = entries.filter(({ before, after }) => {
    const old = new Set(foreignAccountsIn(before, context));
    return foreignAccountsIn(after, context).some((id) => !old.has(id));
  });
  const rest = entries.filter((entry) => !foreign.includes(entry));
  const internet = rest.filter(({ before, after }) =>
    textsIn(after).some((text) => INTERNET.test(text) && !textsIn(before).includes(text)),
  );
  const moved = isAdded(change)
    ? []
    : rest.filter(
        (entry) =>
          !internet.includes(entry) &&
          !isAbsent(entry.before) &&
          (!isAbsent(entry.after) || isNotKnown(entry.after)),
      );
  const fine = rest.filter((entry) => !internet.includes(entry) && !moved.includes(entry));
  const draft = (severity: "high" | "medium" | "low", list: readonly LedgerEntry[], words: string) =>
    context.isNew && severity !== "high" ? [] : entriesDraft(change, KIND, severity, words, list);
  const accounts = listed([...new Set(foreign.flatMap(({ after }) => foreignAccountsIn(after, context)))]);
  context.ledger.settle(fine);
  return [
    ...draft("high", foreign, `names account ${accounts}`),
    ...draft("medium", internet, "names an address of the internet"),
    ...draft("low", moved, "names another place"),
  ];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.flatMap(textsIn) : [];
}
