import type { KeyOwner } from "./access-key";
import type { ResolvedKeyRule, ResolvedKeyRules } from "./resolved-key-rules";

/**
 * The rules that reach a user, in the order of their names. None for a user under an exempt path, and none for one
 * outside the managed paths, whatever his name is: names are unique in an account, but a user may have been recreated
 * elsewhere.
 */
export function rulesOf(user: KeyOwner, rules: ResolvedKeyRules): readonly ResolvedKeyRule[] {
  if (isExempt(user, rules) || !isUnder(user.path, rules.managedPaths)) return [];
  return rules.rules.filter(
    (rule) => isUnder(user.path, rule.paths ?? []) || usersOf(rule).has(user.userName),
  );
}

/** True for a user whose path exempts him. Only a path can: tags and groups are easier to change than a path. */
export function isExempt(user: KeyOwner, rules: ResolvedKeyRules): boolean {
  return isUnder(user.path, rules.exemptPaths);
}

/** Names of a rule as a set, made once: a run asks for each of thousands of users. */
const userSets = new WeakMap<ResolvedKeyRule, ReadonlySet<string>>();

function usersOf(rule: ResolvedKeyRule): ReadonlySet<string> {
  const known = userSets.get(rule);
  if (known !== undefined) return known;
  const made = new Set(rule.users);
  userSets.set(rule, made);
  return made;
}

/** IAM paths are compared with regard to case, as IAM does in `PathPrefix`. */
function isUnder(path: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => path.startsWith(prefix));
}
