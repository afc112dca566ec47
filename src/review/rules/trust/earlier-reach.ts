import { clausesOf } from "../../../iam/comparison/clause";
import { uncovered } from "../../../iam/comparison/coverage";
import { type Grant, grantsOf } from "../../../iam/comparison/grant";
import { type Atom, isCoveredBy } from "../../../iam/comparison/remainder";
import type { Role, User } from "../../../iam/graph";
import type { PolicyDocument } from "../../../iam/policy-document";
import { placedPolicies } from "../../principals/placed-policies";
import { meetsAction } from "../../weight";
import type { TrustContext } from "./trust-settings";

const ASSUMING = ["sts:assumerole", "sts:assumerolewithwebidentity", "sts:assumerolewithsaml"];

/** Whether a piece lets anybody assume who could not; `sts:*` beside what may assume already is about the rest. */
export function isNewlyAssuming(atom: Atom, before: Role | undefined): boolean {
  if (!ASSUMING.some((action) => meetsAction(atom.actions, action))) return false;
  const { patterns, negated } = atom.principals;
  const document = knownTrust(before);
  if (document === undefined) return true;
  if (negated || !patterns.every((text) => text.startsWith("AWS arn:"))) return true;
  return !isCoveredBy(
    { ...atom, actions: { patterns: ["sts:assumerole"], negated: false } },
    allows(document),
  );
}

/** Trust of another account's root is trust of everybody in it, so that naming one of them is narrower. */
export function wasReachedByRoot(atom: Atom, { before, after }: TrustContext): boolean {
  const document = knownTrust(before);
  if (document === undefined || atom.principals.negated) return false;
  return atom.principals.patterns.every((text) => {
    const account = /^AWS arn:aws[^:]*:(?:iam|sts)::(\d{12}):(?!root$)/.exec(text)?.[1];
    if (account === undefined || account === after.accountId) return false;
    const partition = text.split(":")[1] ?? "aws";
    const arn = text.slice("AWS ".length);
    // who is named has this ARN: what a condition on it says holds by itself
    const own = clausesOf({
      ArnEquals: { "aws:PrincipalArn": arn },
      StringEquals: { "aws:PrincipalArn": arn },
    });
    const clauses = /:(?:user|role)\//.test(arn) ? [...atom.clauses, ...own] : atom.clauses;
    return isCoveredBy({ ...atom, clauses, principals: rootOf(account, partition) }, allows(document));
  });
}

/** Whoever was named and is let in by the account's root still, which conditions may hold to this very name, loses nothing. */
export function isReachedByRoot(atom: Atom, context: TrustContext): boolean {
  return wasReachedByRoot(atom, { ...context, before: context.after });
}

/** A root that `aws:PrincipalArn` holds to principals lets in no more than these principals by their names. */
export function wasNamed(atom: Atom, { before }: TrustContext): boolean {
  const document = knownTrust(before);
  const { patterns, negated } = atom.principals;
  if (document === undefined || negated) return false;
  if (!patterns.every((text) => text === "*" || /^AWS arn:[^:]*:iam::\d{12}:root$/.test(text))) return false;
  const clause = atom.clauses.find(
    ({ key, parsed, values }) =>
      key === "aws:principalarn" &&
      parsed !== undefined &&
      !parsed.negated &&
      !parsed.ifExists &&
      parsed.set === undefined &&
      parsed.comparison.type !== "null" &&
      !values.some((value) => /[*?]/.test(value)),
  );
  if (clause === undefined) return false;
  const named = { patterns: clause.values.map((value) => `AWS ${value}`), negated: false };
  return isCoveredBy({ ...atom, principals: named }, allows(document));
}

/** A user that is listed now may have come through the account root and its own permission before. */
export function wasReachedOtherwise(atom: Atom, { before, after, settings }: TrustContext): boolean {
  const document = knownTrust(before);
  if (document === undefined) return false;
  if (grantsOf(document).some(({ effect }) => effect === "Deny")) return false;
  return atom.principals.patterns.every((text) => {
    const arn = text.replace(/^AWS /, "");
    const find = (graph: typeof settings.before) =>
      [...graph.users, ...graph.roles].find((principal) => principal.arn === arn);
    const caller = find(settings.before);
    if (caller === undefined || atom.principals.negated) return false;
    if (!isCoveredBy({ ...atom, principals: rootOf(caller.accountId) }, allows(document))) return false;
    const resources = { patterns: [after.arn], negated: false };
    return mightAssume(caller, find(settings.after), { ...atom, resources });
  });
}

/** What is denied to the caller must be denied still: it counts against the listed user as well. */
function mightAssume(before: User | Role, after: User | Role | undefined, atom: Atom): boolean {
  if (before.permissionsBoundary !== undefined) return false;
  const [old, current] = [knownGrants(before), knownGrants(after)];
  if (old === undefined || current === undefined) return false;
  const denies = (grants: readonly Grant[]) =>
    grants.filter(({ effect, actions }) => effect === "Deny" && meetsAction(actions, "sts:assumerole"));
  if (uncovered(denies(old), denies(current)).length > 0) return false;
  const everyone = { patterns: ["*"], negated: false };
  return isCoveredBy(
    { ...atom, principals: everyone },
    old.filter(({ effect }) => effect === "Allow"),
  );
}

/** Nothing where a Deny may hide in a document that is not known. */
function knownGrants(principal: User | Role | undefined): readonly Grant[] | undefined {
  const placed = placedPolicies(principal);
  if (placed.some(({ policy }) => "unknown" in policy.document)) return undefined;
  return placed.flatMap(({ policy: { document } }) => ("unknown" in document ? [] : grantsOf(document)));
}

function knownTrust(role: Role | undefined): PolicyDocument | undefined {
  const document = role?.trust.document;
  return document === undefined || "unknown" in document ? undefined : document;
}

function allows(document: PolicyDocument): readonly Grant[] {
  return grantsOf(document).filter(({ effect }) => effect === "Allow");
}

function rootOf(account: string, partition = "aws") {
  return { patterns: [`AWS arn:${partition}:iam::${account}:root`], negated: false };
}
