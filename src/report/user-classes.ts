import { matchesWildcard } from "../iam/evaluate";
import type { Role, Unknown, User } from "../iam/graph";
import { listOf, type PolicyDocument } from "../iam/policy-document";
import { policiesOf } from "./judged-principal";
import { compareText } from "./shown";

/** Users between whom no policy at hand can tell, but for their own names: one is judged for all. */
export interface UserClass {
  readonly users: readonly User[];
  /** Roles whose trust policies may let them in. */
  readonly candidates: readonly Role[];
  /** Equal for classes that differ in these roles only. */
  readonly identity: string;
}

/** Sorts users into classes, in the order of their names. */
export function userClasses(
  users: readonly User[],
  candidatesOf: (user: User) => readonly Role[],
): readonly UserClass[] {
  const classes = new Map<string, UserClass & { readonly users: User[] }>();
  for (const user of [...users].sort((left, right) => compareText(left.name, right.name))) {
    const candidates = candidatesOf(user);
    const identity = identityOf(user);
    const key = JSON.stringify([identity, ...candidates.map((role) => trustOf(role, user))]);
    const present = classes.get(key);
    if (present === undefined) classes.set(key, { users: [user], candidates, identity });
    else present.users.push(user);
  }
  return [...classes.values()];
}

function identityOf(user: User): string {
  const policies = policiesOf(user);
  return JSON.stringify([
    user.accountId,
    user.path,
    user.loginProfiles.length,
    user.accessKeys.length,
    user.groups.map(({ arn }) => arn),
    policies.map(({ address, attachedBy, name }) => [address, attachedBy, name]),
    policies.map(({ document }) => bitsOf(document, user)),
  ]);
}

function trustOf({ arn, address, trust }: Role, user: User): unknown {
  return [arn, address, bitsOf(trust.document, user)];
}

function bitsOf(document: PolicyDocument | Unknown, user: User): unknown {
  return "unknown" in document ? document.address : personalBits(document, user);
}

interface PersonalPatterns {
  readonly patterns: readonly string[];
  readonly usesTags: boolean;
}

const known = new WeakMap<PolicyDocument, PersonalPatterns>();

/** What of a document may treat one user unlike another: its patterns for users, each with what it matches of the user. */
function personalBits(document: PolicyDocument, user: User): unknown {
  const { patterns, usesTags } = personalPatterns(document);
  const [, partition = "aws"] = user.arn.split(":");
  const texts = [user.arn, user.name, `arn:${partition}:iam::${user.accountId}:mfa/${user.name}`];
  const bits = patterns.map((pattern) => {
    const own = pattern.replace(/\$\{aws:username\}/gi, () => user.name);
    return texts.map((text) => (matchesWildcard(own, text) === false ? "0" : "1")).join("");
  });
  return [bits.join(","), usesTags ? user.tags : 0];
}

function personalPatterns(document: PolicyDocument): PersonalPatterns {
  const present = known.get(document);
  if (present !== undefined) return present;
  const patterns = document.Statement.flatMap(({ Resource, NotResource, Condition = {} }) => [
    ...[...listOf(Resource), ...listOf(NotResource)].filter((resource) => /:(user|mfa)\//.test(resource)),
    ...Object.values(Condition)
      .flatMap((block) => Object.entries(block))
      .filter(([key]) => /^aws:(username|userid|principalarn)$/i.test(key))
      .flatMap(([, values]) => listOf(values)),
  ]);
  const usesTags = /(principal|resource)tag\//i.test(JSON.stringify(document));
  const read = { patterns: [...new Set(patterns)], usesTags };
  known.set(document, read);
  return read;
}
