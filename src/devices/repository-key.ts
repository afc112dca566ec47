import { KEY_SLOTS, type KeyFact } from "../credentials/device-facts";

/** What is to do with the key of a repository, from the keys that its user has. */
export type RepositoryKeyPlan =
  | { readonly kind: "make"; readonly because: string; readonly discard?: KeyFact }
  /** The new key was used: the old one is set to Inactive. */
  | { readonly kind: "finish"; readonly old: KeyFact; readonly used: Date }
  /** The new key was not used yet: CI may still run with the old one. */
  | { readonly kind: "wait"; readonly old: KeyFact; readonly fresh: KeyFact }
  | { readonly kind: "refused"; readonly expected: string; readonly got: string; readonly remedy: string };

/**
 * A rotation that CI does not notice: a second key is made and set as secrets, and only once it was used does the first
 * one end. Between the two is a deployment, so it takes two runs.
 *
 * @param keys oldest first
 * @param deleteInactive take away an inactive key that is in the way
 */
export function planRepositoryKey(keys: readonly KeyFact[], deleteInactive: boolean): RepositoryKeyPlan {
  const active = keys.filter((key) => key.active);
  const [old, fresh, ...more] = active;
  if (more.length > 0) {
    return {
      kind: "refused",
      expected: `at most ${KEY_SLOTS} keys`,
      got: `${active.length} active ones`,
      remedy: "set those that nobody uses to Inactive by hand",
    };
  }
  if (old !== undefined && fresh !== undefined) {
    return fresh.lastUsed === undefined
      ? { kind: "wait", old, fresh }
      : { kind: "finish", old, used: fresh.lastUsed };
  }
  const because = old === undefined ? "the repository has no active key" : "the key gets a successor";
  if (keys.length < KEY_SLOTS) return { kind: "make", because };
  const discard = keys.find((key) => !key.active);
  if (discard !== undefined && deleteInactive) return { kind: "make", because, discard };
  return {
    kind: "refused",
    expected: "a free key slot",
    got: `${keys.length} keys, ${keys.length - active.length} of them inactive`,
    remedy: "delete the oldest inactive one with --delete-inactive",
  };
}
