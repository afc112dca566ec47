import { listOf, type PolicyDocument } from "../../policies/policy-document";
import { matchesWildcard } from "../evaluate";
import type { Role, User } from "../graph";
import { policiesOf } from "./judged-principal";
import { compareText } from "./shown";

/** Users between whom no policy at hand can tell, but for their own names: one is judged for all. */
export interface UserClass {
  readonly users: readonly User[];
  /** Roles whose trust policies may let them in. */
  readonly candidates: readonly Role[];
}

/** Sorts users into classes, in the order of their names. */
export function userClasses(
  users: readonly User[],
  candidatesOf: (user: User) => readonly Role[],
): readonly UserClass[] {
  const classes = new Map<string, { users: User[]; candidates: readonly Role[] }>();
  for (const user of [...users].sort((left, right) => compareText(left.name, right.name))) {
    const candidates = candidatesOf(user);
    const key = signature(user, candidates);
    const present = classes.get(key);
    if (present === undefined) classes.set(key, { users: [user], candidates });
    else present.users.push(user);
  }
  return [...classes.values()];
}

function signature(user: User, candidates: readonly Role[]): string {
  const policies = policiesOf(user);
  const documents = [...policies, ...candidates.map(({ trust }) => trust)].map(({ document }) => document);
  return JSON.stringify([
    user.accountId,
    user.path,
    user.loginProfiles.length,
    user.accessKeys.length,
    policies.map(({ address, attachedBy, name }) => [address, attachedBy, name]),
    candidates.map(({ arn, address }) => [arn, address]),
    documents.map((document) => ("unknown" in document ? document.address : personalBits(document, user))),
  ]);
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
