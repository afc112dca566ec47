import type { KeyOwner } from "../access-key";
import { lastKeyLists } from "../last-key";
import type { ResolvedKeyRules } from "../resolved-key-rules";

/** Users whose keys are judged together, before the first of them is ended. */
export interface Unit {
  readonly users: readonly KeyOwner[];
  /** No rule reaches them; whether they have a key that works decides about the others. */
  readonly helpers: readonly KeyOwner[];
}

/**
 * Users one by one, but for the devices of an owner whose last key stays: those together.
 *
 * @param covered users that some rule reaches
 * @param others users under a managed path that none does
 */
export function unitsOf(
  covered: readonly KeyOwner[],
  others: readonly KeyOwner[],
  rules: ResolvedKeyRules,
): readonly Unit[] {
  const lists = lastKeyLists(rules);
  if (lists.size === 0) return covered.map((user) => ({ users: [user], helpers: [] }));
  const together = new Map<unknown, { users: KeyOwner[]; helpers: KeyOwner[] }>();
  for (const user of covered) {
    const unit = together.get(lists.get(user.userName) ?? user) ?? { users: [], helpers: [] };
    unit.users.push(user);
    together.set(lists.get(user.userName) ?? user, unit);
  }
  for (const user of others) together.get(lists.get(user.userName))?.helpers.push(user);
  return [...together.values()];
}

/** Whether the last key of the user's owner stays. */
export function isLeftOne({ userName }: KeyOwner, rules: ResolvedKeyRules): boolean {
  return lastKeyLists(rules).has(userName);
}
