import { type AccessChange, accessChange } from "../../../iam/comparison/access-change";
import type { AttachedPolicy } from "../../../iam/graph";
import type { PolicyDocument } from "../../../iam/policy-document";
import { knownDocuments, type PlacedPolicy } from "../../principals/placed-policies";

/** Comparisons of documents, each made once, however many principals carry the same ones. */
export class ChangeMemo {
  private readonly ids = new Map<PolicyDocument, number>();
  private readonly changes = new Map<string, AccessChange>();

  /** @param boundaries permissions boundaries before and after */
  compare(
    before: readonly PlacedPolicy[],
    after: readonly PlacedPolicy[],
    boundaries: readonly [AttachedPolicy | undefined, AttachedPolicy | undefined],
  ): AccessChange {
    const [oldDocuments, documents] = [knownDocuments(before), knownDocuments(after)];
    const [oldBoundary, stated] = boundaries.map(knownDocument);
    // a boundary that is not known is told as such; here it counts as the one before
    const boundary = boundaries[1] !== undefined && stated === undefined ? oldBoundary : stated;
    const key = [oldDocuments, documents, [oldBoundary], [boundary]]
      .map((list) => list.map((document) => this.id(document)).join(","))
      .join("|");
    let change = this.changes.get(key);
    if (change === undefined) {
      change = accessChange(
        { identity: oldDocuments, boundary: oldBoundary },
        { identity: documents, boundary },
      );
      this.changes.set(key, change);
    }
    return change;
  }

  private id(document: PolicyDocument | undefined): number {
    if (document === undefined) return -1;
    const present = this.ids.get(document);
    if (present !== undefined) return present;
    this.ids.set(document, this.ids.size);
    return this.ids.size - 1;
  }
}

function knownDocument(policy: AttachedPolicy | undefined): PolicyDocument | undefined {
  return policy === undefined || "unknown" in policy.document ? undefined : policy.document;
}
