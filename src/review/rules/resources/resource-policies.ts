import { accessChange } from "../../../iam/comparison/access-change";
import type { PolicyDocument } from "../../../iam/policy-document";
import { repeatedKey } from "../../../sources/file/repeated-key";
import { isPolicy } from "../../ledger/leaves";
import type { LedgerEntry } from "../../ledger/ledger";
import { isAbsent, isNotKnown, isPlainObject, jsonOf } from "../../ledger/values";
import type { Draft } from "../../review-finding";
import { policyAmbiguous, resourcePolicyUnknown } from "../access/policy-unknown";
import { isAdded, type JudgingContext, openOf, type ResourceChange } from "../by-nature/resource-change";
import { audienceOf } from "./audience";
import { heldPolicyWidened } from "./held-policy-widened";
import { limitWidened } from "./limit-widened";
import { resourceDenyRemoved } from "./resource-deny-removed";
import { resourceGainOf } from "./resource-gain";
import { resourcePolicyWidened } from "./resource-policy-widened";
import { resourcePublic } from "./resource-public";

const NOTHING: PolicyDocument = { Version: "2012-10-17", Statement: [] };

/** Policy documents in an attribute of whatever type, compared by their meaning. IAM's own are in the access graph. */
export function resourcePolicyDrafts(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  return openOf(change, context, "policy").flatMap((entry) => {
    const { before, after } = entry;
    const [old, current] = [documentOf(before), documentOf(after)];
    if (old === undefined && current === undefined) {
      // a name or an ARN of a policy, which is judged where the policy is
      if (!isNotKnown(after)) return [];
      context.ledger.strike([entry]);
      return context.isNew ? [] : [resourcePolicyUnknown(change.address, change.type, entry.path)];
    }
    context.ledger.strike([entry]);
    if (current === undefined && !isAbsent(after))
      return [resourcePolicyUnknown(change.address, change.type, entry.path)];
    if (typeof after === "string" && repeatedKey(after) !== undefined)
      return [policyAmbiguous(change.address, repeatedKey(after)?.path.join(".") ?? "")];
    return differences(old, current, entry, change, context);
  });
}

function differences(
  old: PolicyDocument | undefined,
  current: PolicyDocument | undefined,
  entry: LedgerEntry,
  change: ResourceChange,
  context: JudgingContext,
): readonly Draft[] {
  const { gained, undenied, lost, denied } = accessChange(
    { identity: [old ?? NOTHING] },
    { identity: [current ?? NOTHING] },
  );
  const audience = audienceOf(change.type, entry.path);
  const base = { address: change.address };
  if (lost.length + denied.length > 0 || isAdded(change)) context.ledger.settle([entry]);
  if (audience.kind === "limit") {
    // where there was no limit, what comes is one
    if (isAbsent(entry.before)) return [];
    if (current === undefined) return [limitGone(change, audience.words)];
    return [...gained, ...undenied].map((difference) => limitWidened(difference, base, audience.words));
  }
  if (audience.kind === "holder") {
    return [
      ...gained.map((difference) => heldPolicyWidened(difference, base, audience.words)),
      ...undenied.map((difference) => resourceDenyRemoved(difference, base, context)),
    ];
  }
  return [
    ...gained.flatMap((difference): readonly Draft[] => {
      const gain = resourceGainOf(difference, change, context);
      if (gain.isPublic) return [resourcePublic(gain)];
      return gain.severity === undefined ? [] : [resourcePolicyWidened(gain, gain.severity)];
    }),
    ...undenied.map((difference) => resourceDenyRemoved(difference, base, context)),
  ];
}

function limitGone({ address }: ResourceChange, whom: string): Draft {
  const everything: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  };
  const [difference] = accessChange({ identity: [] }, { identity: [everything] }).gained;
  if (difference === undefined) throw new Error("everything is more than nothing");
  return limitWidened(difference, { address }, whom);
}

/** A document as text or as an object. */
export function documentOf(value: unknown): PolicyDocument | undefined {
  const parsed = typeof value === "string" ? jsonOf(value) : value;
  if (!isPlainObject(parsed) || !isPolicy(parsed)) return undefined;
  const { Statement, Version } = parsed;
  return {
    Version: Version === "2012-10-17" ? "2012-10-17" : "2008-10-17",
    Statement: [Statement].flat(),
  } as PolicyDocument;
}
