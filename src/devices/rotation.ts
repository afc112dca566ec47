import { KEY_SLOTS, type KeyFact } from "../credentials/device-facts";

/** What a rotation has to do first, from the keys that are there. */
export type RotationPlan =
  /** Make a key, hand it over, try it, end `old`. `discard`: a key whose secret is lost takes the slot. */
  | { readonly kind: "rotate"; readonly old: KeyFact; readonly discard?: KeyFact }
  /** The new key is in place; only the old one is left. */
  | { readonly kind: "finish"; readonly old: KeyFact }
  | { readonly kind: "refused"; readonly expected: string; readonly got: string; readonly remedy: string };

/**
 * Where a rotation begins or goes on: after a crash a user has two keys, and which of them the key store holds tells how
 * far it came.
 *
 * @param keys oldest first
 * @param stored id of the key that is kept and in use
 */
export function planRotation(keys: readonly KeyFact[], stored: string | undefined): RotationPlan {
  const own = keys.find(({ accessKeyId }) => accessKeyId === stored);
  if (stored === undefined || own === undefined) {
    return {
      kind: "refused",
      expected: "a key store that holds one of the user's keys",
      got: stored === undefined ? "none in it" : "a key of another user, or one that was deleted",
      remedy: "name the profile with --profile, or make a first key by device onboard",
    };
  }
  if (!own.active) {
    return {
      kind: "refused",
      expected: "an active key to rotate with",
      got: "an inactive one",
      remedy: "set it to Active first: iam-baseline keys reactivate (docs/recovery.md)",
    };
  }
  const [other, ...more] = keys.filter((key) => key !== own);
  if (other === undefined) return { kind: "rotate", old: own };
  if (more.length > 0) {
    return {
      kind: "refused",
      expected: `at most ${KEY_SLOTS} keys`,
      got: `${keys.length}`,
      remedy: "delete those that nobody uses",
    };
  }
  if (other.createDate < own.createDate) return { kind: "finish", old: other };
  if (other.lastUsed === undefined) return { kind: "rotate", old: own, discard: other };
  return {
    kind: "refused",
    expected: "a free key slot",
    got: `a second, younger key that is in use${other.active ? "" : " no more (inactive)"}`,
    remedy: "somebody else works with it: deactivate it by keys deactivate or delete it, then rotate",
  };
}

/** Minutes around a nightly run in which nothing is rotated: it could end the key that was just made. */
export const RUN_MARGIN_MINUTES = 15;

/** Whether a scheduled run is so near that a rotation would race it. */
export function racesRun(now: Date, previous: Date | undefined, next: Date | undefined): Date | undefined {
  const margin = RUN_MARGIN_MINUTES * 60_000;
  if (next !== undefined && next.getTime() - now.getTime() < margin) return next;
  if (previous !== undefined && now.getTime() - previous.getTime() < margin) return previous;
  return undefined;
}
