import { isoMoment } from "../findings/iso-moment";
import type { AccessKey } from "./access-key";

/**
 * Tags on a user by which a person keeps one key active past the next run. All three or none.
 *
 * @see docs/decisions/0005-temporary-reactivation.md
 */
export const REACTIVATION_TAGS = {
  /** Last four characters of the key's id. */
  key: "baseline:keep-active-key",
  /** When the exception ends: `2026-11-24T10:00:00Z`, UTC. */
  until: "baseline:keep-active-until",
  /** Why; 1-256 characters that a tag value may hold. */
  reason: "baseline:keep-active-reason",
} as const;

/** What the three begin with: Terraform leaves these tags alone, and policies name them by it. */
export const REACTIVATION_TAG_PREFIX = "baseline:keep-active-";

/** Characters that IAM takes in a tag value. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html */
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;
const ISO_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;

/** Whether a reason says something, in characters that a tag may hold. */
export function isTagValue(reason: string): boolean {
  return TAG_VALUE.test(reason) && reason.trim() !== "";
}

export type Reactivation =
  | { readonly kind: "none" }
  | { readonly kind: "honoured"; readonly until: Date; readonly reason: string }
  /** Somebody asked, but not in a way that the rules accept. */
  | { readonly kind: "refused"; readonly because: string };

/**
 * Judges whether the user's tags keep `key` active at `now`. A tag can be written by anyone who may call
 * `iam:TagUser`, so an exception is short by construction: one that ends more than `maxHours` from now is refused
 * altogether (not shortened), one that names two keys of the user is refused, and every honoured one is reported.
 *
 * @param keys all keys of the user, to see whether the last four characters name exactly one
 * @param maxHours how far ahead an exception may reach; `undefined` where the environment honours none
 */
export function honoursReactivation(
  tags: Readonly<Record<string, string>> | undefined,
  key: AccessKey,
  keys: readonly AccessKey[],
  maxHours: number | undefined,
  now: Date,
): Reactivation {
  const lastFour = tags?.[REACTIVATION_TAGS.key];
  if (tags === undefined || lastFour === undefined || !key.accessKeyId.endsWith(lastFour))
    return { kind: "none" };
  if (maxHours === undefined) return refused("this environment honours no temporary reactivation");
  if (!/^[A-Z0-9]{4}$/.test(lastFour))
    return refused(`${REACTIVATION_TAGS.key} is not four characters of a key id`);
  if (keys.filter((other) => other.accessKeyId.endsWith(lastFour)).length > 1) {
    return refused("it names more than one key of the user");
  }
  const reason = tags[REACTIVATION_TAGS.reason]?.trim() ?? "";
  if (reason === "") return refused(`${REACTIVATION_TAGS.reason} gives no reason`);
  const until = parseUntil(tags[REACTIVATION_TAGS.until]);
  if (until === undefined)
    return refused(`${REACTIVATION_TAGS.until} is not a moment like 2026-11-24T10:00:00Z`);
  if (until.getTime() <= now.getTime()) return refused(`it ended at ${until.toISOString()}`);
  if (until.getTime() > now.getTime() + maxHours * 3_600_000) {
    return refused(`it ends at ${until.toISOString()}, more than the allowed ${maxHours} h ahead`);
  }
  return { kind: "honoured", until, reason };
}

/**
 * The tags that ask to keep `key` active, for the command that reactivates it.
 *
 * @param hours from `now`; more than 0, at most `maxHours` of the environment
 * @throws RangeError when the next run would not honour them: no reason, a reason that no tag can hold, too many hours
 */
export function reactivationTags(
  key: AccessKey,
  reason: string,
  hours: number,
  maxHours: number,
  now: Date,
): Readonly<Record<string, string>> {
  if (!isTagValue(reason)) {
    throw new RangeError(
      `reason: 1-256 letters, digits, blanks or _.:/=+-@ (a tag holds it), got ${JSON.stringify(reason)}; shorten or reword it`,
    );
  }
  if (!(hours > 0 && hours <= maxHours)) {
    throw new RangeError(
      `hours: more than 0 and at most ${maxHours}, got ${hours}; take less, and ask again when they have passed`,
    );
  }
  const until = new Date(now.getTime() + hours * 3_600_000);
  return {
    [REACTIVATION_TAGS.key]: key.accessKeyId.slice(-4),
    [REACTIVATION_TAGS.until]: until.toISOString(),
    [REACTIVATION_TAGS.reason]: reason,
  };
}

function parseUntil(value: string | undefined): Date | undefined {
  if (value === undefined || !ISO_UTC.test(value)) return undefined;
  return isoMoment(value);
}

function refused(because: string): Reactivation {
  return { kind: "refused", because };
}
