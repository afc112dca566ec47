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
    (rule) => isUnder(user.path, rule.paths ?? []) || (rule.users ?? []).includes(user.userName),
  );
}

/** True for a user whose path exempts him. Only a path can: tags and groups are easier to change than a path. */
export function isExempt(user: KeyOwner, rules: ResolvedKeyRules): boolean {
  return isUnder(user.path, rules.exemptPaths);
}

/** IAM paths are compared with regard to case, as IAM does in `PathPrefix`. */
function isUnder(path: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => path.startsWith(prefix));
}
