import type { Decision } from "../decision";
import type { Ternary } from "../evaluation/ternary";
import type { PolicyDocument } from "../policy-document";
import type { AccessRequest } from "../request";
import { type AccessChange, accessChange, type Documents } from "./access-change";
import { withinBoundary } from "./within-boundary";
import { findWitness } from "./witness/witness";

/**
 * Identity policies in force for one principal: one, several, or several within a boundary.
 *
 * @example
 * ```ts
 * import { implies, type Policies, policyDocument } from "iam-baseline/iam";
 *
 * const read = policyDocument({ Effect: "Allow", Action: "s3:Get*", Resource: "*" });
 * const several: Policies = [read, policyDocument({ Effect: "Deny", Action: "s3:GetObjectAcl", Resource: "*" })];
 * implies(several, read); // true
 * ```
 */
export type Policies = PolicyDocument | readonly PolicyDocument[] | Documents;

/**
 * A request that the first policies allow and the second do not, with both decisions.
 *
 * @example
 * ```ts
 * import { type Counterexample, impliesCounterexample, policyDocument } from "iam-baseline/iam";
 *
 * const all = policyDocument({ Effect: "Allow", Action: "s3:*", Resource: "*" });
 * const read = policyDocument({ Effect: "Allow", Action: "s3:Get*", Resource: "*" });
 * const found: Counterexample | undefined = impliesCounterexample(all, read);
 * found?.second.effect; // "ImplicitlyDenied"
 * ```
 */
export interface Counterexample {
  readonly request: AccessRequest;
  readonly first: Decision;
  readonly second: Decision;
}

/**
 * Whether the second policies allow everything that the first allow: true where that is proven by meaning, in whatever
 * order, split or merged the statements are; false where a request is found that only the first allow; else `"unknown"`.
 * Its twin is `impliesCounterexample`.
 *
 * @example
 * ```ts
 * import { implies, policyDocument } from "iam-baseline/iam";
 *
 * const allow = (Action: string, Resource: string) => ({ Effect: "Allow", Action, Resource }) as const;
 * const narrow = policyDocument(allow("s3:GetObject", "arn:aws:s3:::site/*"));
 * const wide = policyDocument(allow("s3:Get*", "*"), allow("s3:List*", "*"));
 * implies(narrow, wide); // true
 * implies(wide, narrow); // false
 * ```
 */
export function implies(first: Policies, second: Policies): Ternary {
  const [own, other] = [documentsOf(first), documentsOf(second)];
  const change = accessChange(other, own);
  if (isNoGain(change) || isNoGain(accessChange(other, withinBoundary(own)))) return true;
  return findWitness(other, own, change) === undefined ? "unknown" : false;
}

/**
 * A request that the first policies allow and the second do not; nothing where none was found. Only `implies` tells
 * whether there is none.
 *
 * @example
 * ```ts
 * import { impliesCounterexample, policyDocument } from "iam-baseline/iam";
 *
 * const guarded = policyDocument({
 *   Effect: "Allow",
 *   Action: "iam:ListUsers",
 *   Resource: "*",
 *   Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
 * });
 * const open = policyDocument({ Effect: "Allow", Action: "iam:ListUsers", Resource: "*" });
 * impliesCounterexample(guarded, open); // undefined
 * impliesCounterexample(open, guarded)?.request.credentials; // { kind: "long-term-key" }
 * ```
 */
export function impliesCounterexample(first: Policies, second: Policies): Counterexample | undefined {
  const found = findWitness(documentsOf(second), documentsOf(first));
  return found === undefined
    ? undefined
    : { request: found.request, first: found.after, second: found.before };
}

/**
 * Whether both allow the same. As `implies`, in both directions.
 *
 * @example
 * ```ts
 * import { equivalent, policyDocument } from "iam-baseline/iam";
 *
 * const allow = (Action: string | readonly string[]) => ({ Effect: "Allow", Action, Resource: "*" }) as const;
 * const together = policyDocument(allow(["s3:GetObject", "s3:PutObject"]));
 * const apart = policyDocument(allow("s3:PutObject"), allow("s3:getobject"));
 * equivalent(together, apart); // true
 * equivalent(together, policyDocument(allow("s3:GetObject"))); // false
 * ```
 */
export function equivalent(first: Policies, second: Policies): Ternary {
  const there = implies(first, second);
  if (there === false) return false;
  const back = implies(second, first);
  if (back === false) return false;
  return there === true && back === true ? true : "unknown";
}

/**
 * A request that one of them allows and the other does not; `first` and `second` are the decisions of the policies as
 * they were given.
 *
 * @example
 * ```ts
 * import { equivalentCounterexample, policyDocument } from "iam-baseline/iam";
 *
 * const read = policyDocument({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
 * const write = policyDocument({ Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "*" });
 * const found = equivalentCounterexample(read, write);
 * [found?.request.action, found?.first.effect, found?.second.effect]; // ["s3:PutObject", "ImplicitlyDenied", "Allowed"]
 * ```
 */
export function equivalentCounterexample(first: Policies, second: Policies): Counterexample | undefined {
  const there = impliesCounterexample(first, second);
  if (there !== undefined) return there;
  const back = impliesCounterexample(second, first);
  return back === undefined ? undefined : { request: back.request, first: back.second, second: back.first };
}

/** What is no longer denied is a gain where something that is allowed is concerned. */
function isNoGain({ gained, undenied, unbound }: AccessChange): boolean {
  return gained.length + unbound.length === 0 && !undenied.some(({ isReachable }) => isReachable);
}

function documentsOf(policies: Policies): Documents {
  if ("identity" in policies) return policies;
  return { identity: "Statement" in policies ? [policies] : policies };
}
