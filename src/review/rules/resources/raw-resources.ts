import type { AccessGraph } from "../../../iam/graph";
import { SAFEGUARD_TYPES } from "../../../sources/graph/safeguards";
import { attributeDiff, changedAttributes } from "../../attribute-diff";
import { type Draft, listed } from "../../review-finding";
import type { RawResource, ReviewedEnvironment } from "../../reviewed-environment";
import { changesIgnored } from "../guard-rails/changes-ignored";
import { destroyAllowed } from "../guard-rails/destroy-allowed";
import { exclusiveAttachment } from "../guard-rails/exclusive-attachment";
import { exclusiveListRemoved } from "../guard-rails/exclusive-list-removed";
import { protectionChanged } from "../guard-rails/protection-changed";
import { protectionRemoved } from "../guard-rails/protection-removed";
import { protectionWeakened, SWITCHES } from "../guard-rails/protection-weakened";
import { codeInData } from "../terraform/code-in-plan";
import { resourceProviderChanged } from "../terraform/provider-changed";
import { provisionerAdded } from "../terraform/provisioner";
import { functionPublic } from "./function-public";
import { otherResource } from "./other-resource";
import { resourcePolicyDrafts } from "./resource-policies";
import { DETECTION, GRAPH_TYPES } from "./resource-types";

/** What the graph does not show: lifecycles, provisioners, data sources, buckets, detection, other types. */
export function rawResourceDrafts(
  reviewed: ReviewedEnvironment,
  graph: AccessGraph,
  isNew: boolean,
): readonly Draft[] {
  const before = reviewed.before?.resources ?? new Map<string, RawResource>();
  const after = reviewed.after?.resources ?? new Map<string, RawResource>();
  const stacks = new Set(reviewed.after?.stacks ?? []);
  const isPlan = reviewed.actions !== undefined;
  const movedTo = new Set(reviewed.moved.values());
  const drafts: Draft[] = [];
  for (const [key, old] of before) {
    const stack = key.includes(":") ? key.slice(0, key.indexOf(":")) : "";
    const current = after.get(reviewed.moved.get(key) ?? key);
    if (current === undefined) {
      // a stack that is gone is told once
      if (isPlan || stacks.has(stack)) drafts.push(...removedDrafts(old));
    } else if (old.mode === "managed") drafts.push(...changedDrafts(old, current, graph));
  }
  for (const [key, current] of after) {
    const isOld = before.has(key) || movedTo.has(key);
    drafts.push(...provisionerAdded(before.get(key), current), ...codeInData(before.get(key), current));
    if (!isOld && current.mode === "managed") drafts.push(...addedDrafts(current, graph, isNew));
  }
  return drafts;
}

function isJudgedElsewhere({ type }: RawResource): boolean {
  return GRAPH_TYPES.test(type) || SAFEGUARD_TYPES.has(type);
}

function removedDrafts(old: RawResource): readonly Draft[] {
  if (old.mode === "data") return [];
  const gone = [...exclusiveListRemoved(old), ...protectionRemoved(old)];
  if (gone.length > 0) return gone;
  return isJudgedElsewhere(old) ? [] : [otherResource(old, "is removed")];
}

function changedDrafts(old: RawResource, current: RawResource, graph: AccessGraph): readonly Draft[] {
  const drafts = [
    ...destroyAllowed(old, current),
    ...changesIgnored(old, current),
    ...resourcePolicyDrafts(old, current, graph),
    ...protectionWeakened(old, current),
    ...resourceProviderChanged(old, current),
  ];
  const switches = SWITCHES.get(current.type);
  const names = changedAttributes(old.attributes, current.attributes).filter(
    (name) => switches?.has(name) !== true,
  );
  if (names.length === 0 || drafts.length > 0 || isJudgedElsewhere(current)) return drafts;
  if (DETECTION.test(current.type)) return [protectionChanged(old, current, names)];
  return [
    {
      ...otherResource(current, `changes (${listed(names)})`),
      evidence: attributeDiff(old.attributes, current.attributes, names),
    },
  ];
}

function addedDrafts(current: RawResource, graph: AccessGraph, isNew: boolean): readonly Draft[] {
  const special = [...exclusiveAttachment(current), ...functionPublic(current)];
  if (special.length > 0) return special;
  const policies = resourcePolicyDrafts(undefined, current, graph);
  const ignored = GRAPH_TYPES.test(current.type) ? changesIgnored(undefined, current) : [];
  if (isNew || isJudgedElsewhere(current)) return [...policies, ...ignored];
  if (current.type === "null_resource" || policies.length > 0) return policies;
  return [otherResource(current, "is new")];
}
