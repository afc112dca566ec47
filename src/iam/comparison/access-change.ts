import type { PolicyDocument } from "../policy-document";
import { atomsMeet, isCoveredBy, type Uncovered, uncovered } from "./coverage";
import { type Grant, grantsOf } from "./grant";

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
  if (sameDocuments(before, after)) return NOTHING;
  const [was, is] = [split(before.identity), split(after.identity)];
  const bounds = { was: allowsOf(before.boundary), is: allowsOf(after.boundary) };
  const boundDenies = { was: deniesOf(before.boundary), is: deniesOf(after.boundary) };
  const deniesNow = [...is.deny, ...boundDenies.is];
  const deniesBefore = [...was.deny, ...boundDenies.was];
  const gained = effective(uncovered(is.allow, was.allow), deniesNow, bounds.is);
  const undenied = uncovered(deniesBefore, deniesNow).map((left) => ({
    ...left,
    isReachable: left.atoms.some((atom) => is.allow.some((allow) => atomsMeet(atom, allow))),
  }));
  return {
    gained,
    undenied,
    unbound: unbound(bounds, is.allow),
    lost: effective(uncovered(was.allow, is.allow), deniesBefore, bounds.was),
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

/** Without the pieces that a Deny takes away whole, or that lie outside of the boundary whole. */
function effective(
  found: readonly Uncovered[],
  denies: readonly Grant[],
  boundary: readonly Grant[] | undefined,
): readonly Uncovered[] {
  return found.flatMap((one) => {
    const atoms = one.atoms.filter(
      (atom) =>
        !(denies.length > 0 && isCoveredBy(atom, denies)) &&
        (boundary === undefined || boundary.some((allow) => atomsMeet(atom, allow))),
    );
    return atoms.length === 0 ? [] : [{ ...one, atoms }];
  });
}

/** What a boundary lets through that it held back, where a policy allows it; all of it where the boundary is gone. */
function unbound(
  { was, is }: { readonly was: readonly Grant[] | undefined; readonly is: readonly Grant[] | undefined },
  allowed: readonly Grant[],
): readonly Uncovered[] {
  if (was === undefined) return [];
  const wider = is === undefined ? uncovered(allowed, was) : uncovered(is, was);
  return wider.filter(({ atoms }) => atoms.some((atom) => allowed.some((allow) => atomsMeet(atom, allow))));
}
