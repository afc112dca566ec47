import { defineRule } from "../../../findings/rule";
import { bySeverity } from "../../../findings/severity";
import { attributeDiff } from "../../attribute-diff";
import type { LedgerEntry } from "../../ledger/ledger";
import { type Draft, listed } from "../../review-finding";
import { entryDiff, pathsOf } from "../by-nature/entry-diff";
import { type Direction, protectionDirection, protectionWeight } from "../by-nature/protection-nature";
import {
  aboutResource,
  isAdded,
  type JudgingContext,
  openOf,
  type ResourceChange,
} from "../by-nature/resource-change";
import { PROTECTIONS } from "./protections";

export const PROTECTION_WEAKENED = defineRule({
  id: "protection-weakened",
  area: "review",
  title: "A setting that protects data or watches the account is weaker",
  severities: ["critical", "high", "medium", "low"],
  why: "A public access block that is off, a trail that records less, versions that are no longer kept, encryption or deletion protection that goes: what then happens is seen by nobody, or cannot be undone.",
  example: { before: "block_public_policy = true", after: "block_public_policy = false" },
  remedy: "Keep it as it was.",
  since: "0.1.0",
});

/** What the table of known protections says of a resource. */
export function knownProtection(change: ResourceChange, { ledger }: JudgingContext): readonly Draft[] {
  const { before, after, address } = change;
  if (before === undefined || after === undefined) return [];
  return (PROTECTIONS[change.type] ?? []).flatMap(
    ({ attribute, isWeaker, isSwitch, severity, words }): Draft[] => {
      const entries = ledger
        .of(change.key)
        .filter(({ name }) => name === attribute || name.startsWith(`${attribute}.`));
      if (entries.length === 0) return [];
      const [old, current] = [before.attributes[attribute], after.attributes[attribute]];
      if (!isWeaker(old, current)) {
        if (isSwitch !== true) return [];
        ledger.settle(entries);
        return [];
      }
      ledger.strike(entries);
      return [
        {
          ...aboutResource(change),
          rule: PROTECTION_WEAKENED,
          severity,
          category: "guard-rails",
          predicate: `${address} ${words}`,
          evidence: attributeDiff(before.attributes, after.attributes, [attribute]),
        },
      ];
    },
  );
}

/** What protects, by the nature of its attribute: switches, modes, minimum versions, what is logged and how long. */
export function protectionByNature(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "protection", "retention", "exposure");
  context.ledger.strike(entries);
  // what comes new protects as it says: nothing was better before
  if (isAdded(change)) return newExposures(change, entries, context);
  const weaker = entries.filter((entry) => directionOf(entry) === "weaker");
  const open = entries.filter((entry) => directionOf(entry) === "other");
  context.ledger.settle(entries.filter((entry) => directionOf(entry) === "stricter"));
  return [
    ...(weaker.length === 0 ? [] : [weakened(change, weaker, "protects less than before")]),
    ...(open.length === 0 ? [] : [weakened(change, open, "protects otherwise, more or less")]),
  ];
}

function directionOf(entry: LedgerEntry): Direction {
  const direction = protectionDirection(entry);
  if (entry.nature === "exposure")
    return direction === "stricter" ? "weaker" : direction === "weaker" ? "stricter" : "other";
  if (entry.nature === "retention" && direction === "other") return "stricter";
  return direction;
}

function weakened(change: ResourceChange, entries: readonly LedgerEntry[], words: string): Draft {
  const isRetention = entries.every(({ nature }) => nature === "retention");
  const [severity = "medium"] = entries.map(protectionWeight).sort(bySeverity);
  return {
    ...aboutResource(change),
    rule: PROTECTION_WEAKENED,
    severity: isRetention || words.includes("more or less") ? "medium" : severity,
    category: "guard-rails",
    predicate: `${change.address} ${words} (${listed(pathsOf(entries))})`,
    evidence: entryDiff(entries),
  };
}

/** Switches that give away more than a new resource has any need of. */
const STRONG =
  /privileged|execute_command|insecure|unauthenticated|anonymous|allow_all|bypass|pid_mode|ipc_mode|host_network/;

function newExposures(
  change: ResourceChange,
  entries: readonly LedgerEntry[],
  context: JudgingContext,
): readonly Draft[] {
  const strong = entries.filter(
    (entry) => entry.nature === "exposure" && STRONG.test(entry.name) && directionOf(entry) === "weaker",
  );
  const others = entries.filter((entry) => !strong.includes(entry));
  context.ledger.settle(others);
  return [
    ...(strong.length === 0 || context.isNew
      ? []
      : [weakened(change, strong, "is new and gives away more than most need")]),
  ];
}
