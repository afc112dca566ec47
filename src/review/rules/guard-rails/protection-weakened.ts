import { defineRule } from "../../../findings/rule";
import { attributeDiff } from "../../attribute-diff";
import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";
import { PROTECTIONS } from "./protections";

export const PROTECTION_WEAKENED = defineRule({
  id: "protection-weakened",
  area: "review",
  title: "A setting that protects data or watches the account is weaker",
  severities: ["critical", "high", "medium", "low"],
  why: "A public access block that is off, a trail that records less, versions that are no longer kept: what then happens is seen by nobody, or cannot be undone.",
  example: { before: "block_public_policy = true", after: "block_public_policy = false" },
  remedy: "Keep it as it was.",
  since: "0.1.0",
});

/** Switches by type: attributes of which the other direction is fine. */
export const SWITCHES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(PROTECTIONS).map(([type, protections]) => [
    type,
    new Set(protections.flatMap(({ isSwitch, attribute }) => (isSwitch === true ? [attribute] : []))),
  ]),
);

export function protectionWeakened(old: RawResource, current: RawResource): readonly Draft[] {
  return (PROTECTIONS[current.type] ?? []).flatMap(({ attribute, isWeaker, severity, words }): Draft[] => {
    if (!isWeaker(old.attributes[attribute], current.attributes[attribute])) return [];
    return [
      {
        rule: PROTECTION_WEAKENED,
        severity,
        category: "guard-rails",
        address: current.address,
        subjects: [],
        predicate: `${current.address} ${words}`,
        evidence: attributeDiff(old.attributes, current.attributes, [attribute]),
      },
    ];
  });
}
