import { defineRule } from "../../../findings/rule";
import { attributeDiff } from "../../attribute-diff";
import { type Draft, listed } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";

export const PROTECTION_CHANGED = defineRule({
  id: "protection-changed",
  area: "review",
  title: "Something that watches the account changes",
  severities: ["medium"],
  why: "Trails, detectors and analyzers see what they are told to see. Whether they see less now is not clear from the change alone.",
  example: { before: "a trail of one bucket", after: "a trail of another bucket" },
  remedy: "Make sure that it still sees what it saw.",
  since: "0.1.0",
});

export function protectionChanged(old: RawResource, current: RawResource, names: readonly string[]): Draft {
  return {
    rule: PROTECTION_CHANGED,
    severity: "medium",
    category: "guard-rails",
    address: current.address,
    subjects: [],
    predicate: `${current.address} changes (${listed(names)})`,
    evidence: attributeDiff(old.attributes, current.attributes, names),
  };
}
