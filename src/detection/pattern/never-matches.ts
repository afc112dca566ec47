import { action } from "../../iam/actions";
import { meets } from "./conditions";
import {
  API_CALL,
  CONSOLE_ACTION,
  DELIVERED_READS,
  KNOWN_SOURCES,
  type KnownSource,
  USER_IDENTITY_TYPES,
} from "./known-events";
import { alternativesOf, type Condition, type EventPattern, type Leaf } from "./pattern";

/** Where and how a rule listens. */
export interface Listening {
  readonly region: string;
  /** Region that has the partition's control plane: events of global services are delivered there alone. */
  readonly globalRegion: string;
  /** Whether calls that only read are delivered: `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`. */
  readonly reads: boolean;
}

/**
 * Parts of a pattern that no event of AWS's can ever match: alternatives that contradict themselves or what AWS delivers
 * where the rule listens, and values that are never the one. Nothing: every part can match.
 *
 * @param pattern one without faults (`patternFaults`)
 */
export function deadParts(pattern: EventPattern, listening: Listening): readonly string[] {
  return alternativesOf(pattern).flatMap((leaves) => {
    const never = neverMatches(leaves, listening);
    if (never !== undefined) return [never];
    return leaves.flatMap((leaf) => deadValues(leaf, leaves, listening));
  });
}

/** Values of a list of which one alone would make the rest never match. */
function deadValues(leaf: Leaf, leaves: readonly Leaf[], listening: Listening): readonly string[] {
  if (leaf.conditions.length < 2) return [];
  return leaf.conditions.flatMap((condition) => {
    const alone = { ...leaf, conditions: [condition] };
    const never = neverMatches(
      leaves.map((each) => (each === leaf ? alone : each)),
      listening,
    );
    return never === undefined ? [] : [`${JSON.stringify(condition)} in ${leaf.path.join(".")}: ${never}`];
  });
}

function neverMatches(leaves: readonly Leaf[], listening: Listening): string | undefined {
  return contradiction(leaves) ?? undelivered(leaves, listening);
}

/** Two conditions on one field that no value meets, or one that none does. */
function contradiction(leaves: readonly Leaf[]): string | undefined {
  const fields = new Map<string, (readonly Condition[])[]>();
  for (const { path, conditions } of leaves) {
    const name = path.join(".");
    fields.set(name, [...(fields.get(name) ?? []), conditions]);
  }
  for (const [name, groups] of fields) {
    if (groups.every((conditions) => conditions.some(asksNotToExist))) continue;
    const values = groups.flat().flatMap(valuesOf);
    const possible = values.some((value) =>
      groups.every((conditions) => conditions.some((one) => meets(value, one))),
    );
    if (!possible)
      return `no value of ${name} meets ${groups.map((one) => JSON.stringify(one)).join(" and ")}`;
  }
  return undefined;
}

function asksNotToExist(condition: Condition): boolean {
  return typeof condition === "object" && condition !== null && "exists" in condition && !condition.exists;
}

/** Values that meet a condition, if any does: a sample of each kind, with the ends of ranges. */
function valuesOf(condition: Condition): readonly unknown[] {
  if (typeof condition !== "object" || condition === null) return [condition];
  const sample = "sample-8dc1";
  if ("exists" in condition) return condition.exists ? [sample, 1] : [];
  if ("numeric" in condition)
    return condition.numeric.flatMap((each) =>
      typeof each === "number" ? [each, each - 1, each + 1, each + 0.5] : [],
    );
  if ("cidr" in condition) return [condition.cidr.replace(/\/\d+$/, "")];
  if ("wildcard" in condition)
    return ["", sample].map((part) =>
      condition.wildcard.replace(/\\(.)|\*/g, (_all, escaped: string | undefined) => escaped ?? part),
    );
  if ("equals-ignore-case" in condition) return [condition["equals-ignore-case"]];
  if ("prefix" in condition) return [`${textOf(condition.prefix)}${sample}`, textOf(condition.prefix)];
  if ("suffix" in condition) return [`${sample}${textOf(condition.suffix)}`, textOf(condition.suffix)];
  return [sample, 8_201];
}

function textOf(part: string | { readonly "equals-ignore-case": string }): string {
  return typeof part === "string" ? part : part["equals-ignore-case"];
}

/** Whether AWS sends anything like it at all. */
function undelivered(leaves: readonly Leaf[], listening: Listening): string | undefined {
  const asked = (path: string) => leaves.find((leaf) => leaf.path.join(".") === path)?.conditions;
  const could = (path: string, value: string) => asked(path)?.some((one) => meets(value, one)) ?? true;
  const named = (asked("source") ?? []).filter((one) => typeof one === "string");
  // whatever does not begin with "aws." is somebody's own, and may hold anything
  if (named.some((one) => !one.startsWith("aws."))) return undefined;
  const unknown = named.find((one) => KNOWN_SOURCES[one] === undefined);
  if (unknown !== undefined) return `source ${unknown} is not known here: see known-events.ts`;
  const type = asked("detail.userIdentity.type");
  if (type !== undefined && !USER_IDENTITY_TYPES.some((one) => could("detail.userIdentity.type", one)))
    return `no userIdentity.type of CloudTrail's is one of ${JSON.stringify(type)}`;
  const reasons = new Set<string>();
  for (const [source, known] of Object.entries(KNOWN_SOURCES)) {
    if (!could("source", source)) continue;
    const reason = undeliveredBy(source, known, { asked, could, listening });
    if (reason === undefined) return undefined;
    reasons.add(reason);
  }
  return [...reasons][0] ?? "no source that is known here sends such an event";
}

interface Asking {
  readonly asked: (path: string) => readonly Condition[] | undefined;
  readonly could: (path: string, value: string) => boolean;
  readonly listening: Listening;
}

function undeliveredBy(
  source: string,
  known: KnownSource,
  { asked, could, listening }: Asking,
): string | undefined {
  const types = known.detailTypes.filter((one) => could("detail-type", one));
  if (types.length === 0)
    return `${source} sends no event of detail-type ${JSON.stringify(asked("detail-type"))}`;
  if (known.isGlobal === true && listening.region !== listening.globalRegion)
    return `events of ${source} are delivered in ${listening.globalRegion} alone, and the rule is in ${listening.region}`;
  if (source === "aws.health") return healthContradiction({ asked, could, listening });
  if (known.eventSource !== undefined && !could("detail.eventSource", known.eventSource))
    return `records of ${source} have the eventSource ${known.eventSource}`;
  const names = asked("detail.eventName");
  if (names === undefined || known.actionPrefix === undefined) return undefined;
  const onlyCalls = types.every((one) => one === API_CALL || one === CONSOLE_ACTION);
  const reasons = names.map((name) =>
    typeof name === "string" ? nameFault(name, known, onlyCalls, listening) : undefined,
  );
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

function nameFault(
  name: string,
  known: KnownSource,
  onlyCalls: boolean,
  { reads }: Listening,
): string | undefined {
  if (known.otherNames?.includes(name)) return undefined;
  if (action(`${known.actionPrefix}:${name}`)?.name !== `${known.actionPrefix}:${name}`)
    return `${known.eventSource} has no call ${name}`;
  if (onlyCalls && !reads && /^(Get|List|Describe)/.test(name) && !DELIVERED_READS.includes(name))
    return `${name} only reads, and a rule in state ENABLED is sent no such calls`;
  return undefined;
}

/** A Health event's code begins with its service: `AWS_RISK_...` is never of service IAM. */
function healthContradiction({ asked }: Asking): string | undefined {
  const codes = asked("detail.eventTypeCode");
  const services = asked("detail.service")?.filter((one) => typeof one === "string");
  if (codes === undefined || services === undefined || services.length === 0) return undefined;
  const prefixes = services.map((service) => `AWS_${service}_`);
  const fits = codes.some((code) => {
    const text = beginningOf(code);
    return prefixes.some((prefix) => text.startsWith(prefix) || prefix.startsWith(text));
  });
  if (fits) return undefined;
  return `codes of service ${services.join(" or ")} begin with ${prefixes.join(" or ")}, asked is ${JSON.stringify(codes)}`;
}

/** What the text begins with that a condition asks for; nothing where it may begin with anything. */
function beginningOf(condition: Condition): string {
  if (typeof condition === "string") return condition;
  if (typeof condition !== "object" || condition === null) return "";
  if ("prefix" in condition) return textOf(condition.prefix);
  return "wildcard" in condition ? (condition.wildcard.split("*")[0] ?? "") : "";
}
