import { accessChange, isUnchanged } from "../iam/comparison/access-change";
import { type Policy, UNKNOWN_PART } from "../iam/graph";
import type { PolicyDocument } from "../iam/policy-document";

/** A policy's document where all of it is known; otherwise why it is not. */
export function knownDocument({ document }: Policy): PolicyDocument | { readonly reason: string } {
  if ("unknown" in document) return { reason: document.reason };
  return JSON.stringify(document).includes(UNKNOWN_PART)
    ? { reason: "it names what only the state knows" }
    : document;
}

/** Whether two documents allow and deny the same. */
export function isSameAccess(before: PolicyDocument, after: PolicyDocument): boolean {
  return isUnchanged(accessChange({ identity: [before] }, { identity: [after] }));
}
