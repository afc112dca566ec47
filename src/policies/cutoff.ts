import { SESSIONS_END_AFTER_MS } from "./session-length";

/** Sessions of one user, or of all, that began before a moment and are denied. */
export interface Cutoff {
  /** IAM user name; absent: everybody. */
  readonly userName?: string;
  /** Unique id of the user (`AIDA...`), by which its own sessions are known. Absent: it could not be asked for. */
  readonly userId?: string;
  /** Whole seconds. Sessions that began before are denied, later ones are not. */
  readonly before: Date;
}

/** At most so many users one by one; more at once is an attack on the account, and ends everybody's sessions. */
export const MOST_USERS = 20;

/**
 * Adds one, and leaves out what has ended by itself: no session is older than 36 hours. One user has one cutoff, the later;
 * too many users at once become everybody.
 */
export function withCutoff(cutoffs: readonly Cutoff[], added: Cutoff, now: Date): readonly Cutoff[] {
  const living = [...cutoffs.filter((one) => isInForce(one, now)), added];
  const merged: Cutoff[] = [];
  for (const one of living) {
    const at = merged.findIndex(({ userName }) => userName === one.userName);
    const same = merged[at];
    if (same === undefined) merged.push(one);
    else merged[at] = later(same, one);
  }
  const users = merged.filter(({ userName }) => userName !== undefined);
  if (users.length <= MOST_USERS) return merged.sort(byName);
  return [{ before: new Date(Math.max(...merged.map(({ before }) => before.getTime()))) }];
}

/** Without those of one user, or without that of everybody. */
export function withoutCutoff(
  cutoffs: readonly Cutoff[],
  userName: string | undefined,
  now: Date,
): readonly Cutoff[] {
  return cutoffs.filter((one) => one.userName !== userName && isInForce(one, now));
}

/** Everything that either denies. */
export function mergedCutoffs(
  left: readonly Cutoff[],
  right: readonly Cutoff[],
  now: Date,
): readonly Cutoff[] {
  return right.reduce((all, one) => (isInForce(one, now) ? withCutoff(all, one, now) : all), left);
}

/** What denies sessions of a user: its own cutoff or everybody's, whichever is later. */
export function cutoffOf(cutoffs: readonly Cutoff[], userName: string | undefined): Cutoff | undefined {
  return cutoffs
    .filter((one) => one.userName === undefined || one.userName === userName)
    .sort((left, right) => right.before.getTime() - left.before.getTime())[0];
}

/** Whether a session can still exist that it denies. */
export function isInForce({ before }: Cutoff, now: Date): boolean {
  return now.getTime() - before.getTime() < SESSIONS_END_AFTER_MS;
}

function later(left: Cutoff, right: Cutoff): Cutoff {
  const [first, second] = left.before > right.before ? [left, right] : [right, left];
  const userId = first.userId ?? second.userId;
  return { ...first, ...(userId !== undefined && { userId }) };
}

function byName(left: Cutoff, right: Cutoff): number {
  const [a, b] = [left.userName ?? "", right.userName ?? ""];
  return a < b ? -1 : a > b ? 1 : 0;
}
