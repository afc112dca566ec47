import { createHash } from "node:crypto";
import { quotas } from "./quotas";

/** What IAM accepts in names of users, groups, roles and policies. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const IAM_NAME = /^[A-Za-z0-9+=,.@_-]+$/;

export type NamedKind = "user" | "group" | "role" | "policy";

const maximum: Readonly<Record<NamedKind, number>> = {
  user: quotas.userNameCharacters,
  group: quotas.groupNameCharacters,
  role: quotas.roleNameCharacters,
  policy: quotas.policyNameCharacters,
};

/** What a name of this kind must be, or nothing if this one is. `reserved` characters are kept for a suffix. */
export function nameRule(kind: NamedKind, name: string, reserved = 0): string | undefined {
  const limit = maximum[kind] - reserved;
  if (name.length > 0 && name.length <= limit && IAM_NAME.test(name)) return undefined;
  const suffix = reserved > 0 ? ` (${reserved} of ${maximum[kind]} are kept for the suffix)` : "";
  return `an IAM ${kind} name is 1-${limit} of A-Za-z0-9+=,.@_-${suffix}`;
}

/** GitHub's rules: an owner has no dot, so the first dot of a user name ends the owner. Managed users have a `_`. */
const REPOSITORY = /^(?<owner>[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}))\/(?<name>[A-Za-z0-9._-]{1,100})$/;

/** Whether this is `owner/name` as GitHub writes it. */
export function isRepositoryName(repository: string): boolean {
  const name = REPOSITORY.exec(repository)?.groups?.["name"];
  return name !== undefined && name !== "." && name !== "..";
}

const HASH_CHARACTERS = 16;

/**
 * The IAM user name of a repository: `octo/website` is `octo.website`.
 *
 * Two repositories never share one: an owner has no dot, so the first dot gives owner and name back. What is
 * longer than IAM's 64 characters is cut, and `+` with 64 bits of the SHA-256 of the whole name (in lower case, as
 * neither GitHub nor IAM tells letter cases apart) is added; `+` is in no repository's name.
 */
export function repositoryUserName(repository: string): string {
  const name = repository.replace("/", ".");
  if (name.length <= quotas.userNameCharacters) return name;
  const hash = createHash("sha256").update(repository.toLowerCase()).digest("hex").slice(0, HASH_CHARACTERS);
  return `${name.slice(0, quotas.userNameCharacters - HASH_CHARACTERS - 1)}+${hash}`;
}
