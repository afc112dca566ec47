import type { AccessKey } from "./access-key";
import { DEFAULT_FRESH_DAYS, decide } from "./decide";
import { keepLastKey, lastKeyLists } from "./last-key";
import type { OwnedDevice } from "./owned-device";
import type { ResolvedKeyRules } from "./resolved-key-rules";

/** How an owner goes on while days pass. */
export type Course = "works" | "absent";

/** The first day on which nobody of an owner can set a key to Active any more. */
export interface LockOutDay {
  readonly course: Course;
  /** Whole days after every key was made on one day. */
  readonly day: number;
  /** Devices whose keys the run of that day ends. */
  readonly ended: readonly string[];
  /** Devices whose key is inactive then, and which no other device can set to Active. */
  readonly locked: readonly string[];
  /** Names of the rules that end keys on that day. */
  readonly rules: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Any day: rules count from it. */
const MADE = new Date("2026-01-01T00:00:00Z");

/**
 * Whether an owner can get back in on every coming day, at the worst: all keys were made on one day, and nobody rotates
 * one. Once with every device in use each day, once with none ever used again, as in a long absence. Each day's run is
 * the one of the nightly function.
 *
 * @param devices all devices of one owner
 * @returns the first day of each course on which he cannot; none: he always can
 */
export function lockOutDays(devices: readonly OwnedDevice[], rules: ResolvedKeyRules): readonly LockOutDay[] {
  // where one key stays it may be any of them: the youngest
  const lasting = devices.filter(({ userName }) => lastKeyLists(rules).has(userName));
  const youngest = lasting.length === 0 ? devices.slice(0, 1) : lasting;
  return (["works", "absent"] as const).flatMap(
    (course) =>
      youngest
        .flatMap(({ userName }) => firstLockOut(devices, rules, course, userName) ?? [])
        .sort((one, other) => one.day - other.day)[0] ?? [],
  );
}

function firstLockOut(
  devices: readonly OwnedDevice[],
  rules: ResolvedKeyRules,
  course: Course,
  youngest: string,
): LockOutDay | undefined {
  const inactive = new Set<string>();
  for (const day of decisiveDays(rules)) {
    const now = new Date(MADE.getTime() + day * DAY_MS);
    const decided = devices.map((device) => ({
      ...device,
      decisions: decide(device, [keyOf(device, inactive, course, now, youngest)], rules, now),
    }));
    const ended = keepLastOf(decided, rules).flatMap(({ userName, decisions }) =>
      decisions.flatMap((decision) =>
        decision.action === "deactivate" ? [{ userName, rule: decision.rule }] : [],
      ),
    );
    for (const { userName } of ended) inactive.add(userName);
    const active = devices.filter(({ userName }) => !inactive.has(userName));
    const locked = [...inactive].filter(
      (name) => !active.some(({ reactivates }) => reactivates.includes(name)),
    );
    if (locked.length > 0)
      return {
        course,
        day,
        ended: ended.map(({ userName }) => userName),
        locked: locked.sort(),
        rules: [...new Set(ended.map(({ rule }) => rule))].sort(),
      };
  }
  return undefined;
}

/** Those of the list stand together; the others are judged one by one. */
function keepLastOf<
  User extends { readonly userName: string; readonly decisions: ReturnType<typeof decide> },
>(decided: readonly User[], rules: ResolvedKeyRules): readonly User[] {
  return (rules.lastKeys ?? []).reduce<readonly User[]>((users, list) => {
    const members = users.filter(({ userName }) => list.includes(userName));
    const kept = keepLastKey(members, rules);
    return users.map((user) => kept[members.indexOf(user)] ?? user);
  }, decided);
}

function keyOf(
  device: OwnedDevice,
  inactive: ReadonlySet<string>,
  course: Course,
  now: Date,
  youngest: string,
): AccessKey {
  return {
    // any four characters: no tag asks for it
    accessKeyId: device.userName,
    status: inactive.has(device.userName) ? "Inactive" : "Active",
    createDate: new Date(MADE.getTime() + (device.userName === youngest ? 1 : 0)),
    lastUsed: course === "works" ? now : "never",
  };
}

/** Days on which a rule can end a key that it left active on the day before; on all others nothing changes. */
function decisiveDays({ rules }: ResolvedKeyRules): readonly number[] {
  const days = rules.flatMap(({ nightly, maxAgeDays, unusedDays, freshDays = DEFAULT_FRESH_DAYS }) => [
    ...(nightly === true ? [1] : []),
    ...(maxAgeDays === undefined ? [] : [maxAgeDays]),
    ...(unusedDays === undefined ? [] : [unusedDays, freshDays]),
  ]);
  return [...new Set(days)].sort((one, other) => one - other);
}
