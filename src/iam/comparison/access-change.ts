import type { PolicyDocument } from "../policy-document";
import { atomsMeet, type Uncovered, uncovered } from "./coverage";
import { type Grant, grantsOf } from "./grant";
import { withinBudget } from "./step-count";

/**
 * Documents in force for one principal, or the one document of a resource.
 *
 * @example
 * ```ts
 * import { type Documents, implies, policyDocument } from "iam-baseline/iam";
 *
 * const all = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });
 * const s3 = policyDocument({ Effect: "Allow", Action: "s3:*", Resource: "*" });
 * const bounded: Documents = { identity: [all], boundary: s3 };
 * implies(bounded, s3); // true
 * ```
 */
export interface Documents {
  readonly identity: readonly PolicyDocument[];
  /** Undefined: no boundary. */
  readonly boundary?: PolicyDocument | undefined;
}

/**
 * How what is allowed differs. All lists empty: no access change.
 *
 * @example
 * ```ts
 * import { type AccessChange, accessChange, policyDocument } from "iam-baseline/iam";
 *
 * const before = policyDocument({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
 * const after = policyDocument({ Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "*" });
 * const change: AccessChange = accessChange({ identity: [before] }, { identity: [after] });
 * [change.gained.length, change.lost.length]; // [1, 0]
 * ```
 */
export interface AccessChange {
  /** Allowed now, and not before. */
  readonly gained: readonly Uncovered[];
  /** Denied before, and not now; `isReachable` where something that is allowed now is concerned. */
  readonly undenied: readonly (Uncovered & { readonly isReachable: boolean })[];
  /** Within the boundary now, and not before. */
  readonly unbound: readonly Uncovered[];
  /** Allowed before, and not now: less access. */
  readonly lost: readonly Uncovered[];
  /** Denied now, and not before: less access. */
  readonly denied: readonly Uncovered[];
}

const NOTHING: AccessChange = { gained: [], undenied: [], unbound: [], lost: [], denied: [] };

/**
 * Compares two sets of documents by their meaning. Something is a gain if and only if it may be allowed now and was
 * not; what statements cover together, in whatever order, split or merged, is no change.
 *
 * @example
 * ```ts
 * import { accessChange, isUnchanged, policyDocument } from "iam-baseline/iam";
 *
 * const allow = (Action: string | readonly string[]) => ({ Effect: "Allow", Action, Resource: "*" }) as const;
 * const before = policyDocument(allow("iam:Get*"), allow("iam:List*"));
 * const merged = policyDocument(allow(["iam:List*", "iam:Get*"]));
 * isUnchanged(accessChange({ identity: [before] }, { identity: [merged] })); // true
 * ```
 */
export function accessChange(before: Documents, after: Documents): AccessChange {
  return sameDocuments(before, after) ? NOTHING : withinBudget(() => compared(before, after));
}

function compared(before: Documents, after: Documents): AccessChange {
  const [old, current] = [split(before.identity), split(after.identity)];
  const bounds = { old: allowsOf(before.boundary), current: allowsOf(after.boundary) };
  const deniesBefore = [...old.deny, ...deniesOf(before.boundary)];
  const deniesNow = [...current.deny, ...deniesOf(after.boundary)];
  return {
    gained: bounded(uncovered(current.allow, old.allow, deniesNow), bounds.current),
    undenied: uncovered(deniesBefore, deniesNow).map((difference) => ({
      ...difference,
      isReachable: difference.atoms.some((atom) => current.allow.some((allow) => atomsMeet(atom, allow))),
    })),
    unbound: unbound(bounds, current.allow),
    lost: bounded(uncovered(old.allow, current.allow, deniesBefore), bounds.old),
    denied: uncovered(deniesNow, deniesBefore),
  };
}

/**
 * @example
 * ```ts
 * import { accessChange, isUnchanged, policyDocument } from "iam-baseline/iam";
 *
 * const document = policyDocument({ Effect: "Allow", Action: "s3:*", Resource: "*" });
 * isUnchanged(accessChange({ identity: [document] }, { identity: [] })); // false
 * ```
 */
export function isUnchanged(change: AccessChange): boolean {
  return Object.values(change).every((list) => list.length === 0);
}

function sameDocuments(before: Documents, after: Documents): boolean {
  return (
    before.boundary === after.boundary &&
    before.identity.length === after.identity.length &&
    before.identity.every((document, index) => document === after.identity[index])
  );
}

function split(documents: readonly PolicyDocument[]): {
  readonly allow: readonly Grant[];
  readonly deny: readonly Grant[];
} {
  const grants = [...new Set(documents)].flatMap(grantsOf);
  return {
    allow: grants.filter(({ effect }) => effect === "Allow"),
    deny: grants.filter(({ effect }) => effect === "Deny"),
  };
}

function allowsOf(boundary: PolicyDocument | undefined): readonly Grant[] | undefined {
  return boundary === undefined ? undefined : grantsOf(boundary).filter(({ effect }) => effect === "Allow");
}

function deniesOf(boundary: PolicyDocument | undefined): readonly Grant[] {
  return boundary === undefined ? [] : grantsOf(boundary).filter(({ effect }) => effect === "Deny");
}

/** Without the pieces that lie outside of the boundary whole. */
function bounded(
  differences: readonly Uncovered[],
  boundary: readonly Grant[] | undefined,
): readonly Uncovered[] {
  if (boundary === undefined) return differences;
  return differences.flatMap((difference) => {
    const atoms = difference.atoms.filter((atom) => boundary.some((allow) => atomsMeet(atom, allow)));
    return atoms.length === 0 ? [] : [{ ...difference, atoms }];
  });
}

/** What a boundary lets through that it held back, where a policy allows it; all of it where the boundary is gone. */
function unbound(
  bounds: { readonly old: readonly Grant[] | undefined; readonly current: readonly Grant[] | undefined },
  allowed: readonly Grant[],
): readonly Uncovered[] {
  const { old, current } = bounds;
  if (old === undefined) return [];
  const wider = current === undefined ? uncovered(allowed, old) : uncovered(current, old);
  return wider.filter(({ atoms }) => atoms.some((atom) => allowed.some((allow) => atomsMeet(atom, allow))));
}
