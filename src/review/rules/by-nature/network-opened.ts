import { defineRule } from "../../../findings/rule";
import { addressRange, contains } from "../../../iam/comparison/address-range";
import type { LedgerEntry } from "../../ledger/ledger";
import { isAbsent, isNotKnown } from "../../ledger/values";
import type { Draft } from "../../review-finding";
import { entriesDraft } from "./entries-draft";
import { isAdded, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

export const NETWORK_OPENED = defineRule({
  id: "network-opened",
  area: "review",
  title: "A network lets more in, or something stands in another one",
  severities: ["high", "medium", "low"],
  why: "A rule for the whole internet takes away what a network protects. A wider range of addresses weighs medium; other ports, groups or subnets low, because what they mean is not in the change.",
  example: { before: 'cidr_blocks = ["203.0.113.0/24"]', after: 'cidr_blocks = ["0.0.0.0/0"]' },
  remedy: "Let in the networks that need it, and no more.",
  reference: {
    title: "Security group rules",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  },
  since: "0.2.0",
});

const KIND = { rule: NETWORK_OPENED, category: "access" } as const;

/** A good part of the internet. */
const SHORTEST_PREFIX = 8;
/** Where to, not where from: what goes out opens nothing. */
const OUTWARDS =
  /egress|route|destination|outbound|nat_|gateway|prefix_list|cidr_block$|ipv6_cidr_block$|vpc_cidr|subnet.*cidr/;

/** Networks, security groups and ports, in an attribute of whatever type. */
export function networkOpened(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "network");
  context.ledger.strike(entries);
  const isInwards = /ingress|security_group/.test(change.type) && !/egress/.test(change.type);
  const wide: LedgerEntry[] = [];
  const wider: LedgerEntry[] = [];
  const other: LedgerEntry[] = [];
  const fine: LedgerEntry[] = [];
  for (const entry of entries) {
    const added = addedRanges(entry);
    const isOutwards = OUTWARDS.test(entry.name) && !(isInwards && !/egress/.test(entry.name));
    if (!isOutwards && added.some(isInternet)) wide.push(entry);
    else if (!isOutwards && added.length > 0) (isAdded(change) ? fine : wider).push(entry);
    else if (isAdded(change) || isLess(entry)) fine.push(entry);
    else other.push(entry);
  }
  context.ledger.settle(fine);
  return [
    ...entriesDraft(change, KIND, "high", "lets in the internet", wide),
    ...entriesDraft(change, KIND, "medium", "lets in more addresses", wider),
    ...entriesDraft(change, KIND, "low", "stands in another network, or takes other ports or groups", other),
  ];
}

/** Ranges that are in none of those of before. */
function addedRanges({ before, after }: LedgerEntry): readonly string[] {
  const old = rangesIn(before).flatMap((text) => addressRange(text) ?? []);
  return rangesIn(after).filter((text) => {
    const range = addressRange(text);
    return range !== undefined && !old.some((outer) => contains(outer, range));
  });
}

function rangesIn(value: unknown): readonly string[] {
  if (isNotKnown(value)) return [];
  return [value].flat().filter((item): item is string => typeof item === "string" && /[.:]/.test(item));
}

function isInternet(text: string): boolean {
  const prefix = /\/(\d+)$/.exec(text)?.[1];
  return prefix !== undefined && Number(prefix) < SHORTEST_PREFIX;
}

/** Entries that go and none that comes, or nothing at all any more. */
function isLess({ before, after }: LedgerEntry): boolean {
  if (isNotKnown(after)) return false;
  if (isAbsent(after)) return true;
  const kept = new Set([before].flat().map(String));
  const ranges = rangesIn(after);
  return ranges.length > 0
    ? ranges.length === [after].flat().length
    : [after].flat().every((item) => kept.has(String(item)));
}
