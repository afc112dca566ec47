import type { Recovery } from "../environment/recovery";
import { defineRefusal } from "../findings/refusal";
import type { Violation } from "../findings/violation";
import { rulesOf } from "./coverage";
import { days as inDays } from "./days";
import { type LockOutDay, lockOutDays } from "./lock-out-days";
import type { OwnedDevice } from "./owned-device";
import type { ResolvedKeyRule, ResolvedKeyRules } from "./resolved-key-rules";

export const RECOVERY_MISSING = defineRefusal({
  code: "recovery-missing",
  title: "Key rules can lock an owner out, and no way back is declared",
  why: "If a rule deactivates every key of a person in one night, nobody is left who could reactivate one, except with the root user.",
  example:
    'environments/prod.ts: recovery: a way back for owner "anna", whose every device a rule can lock tonight (laptop by nightly), got no recovery; declare recovery as "second-device", "oidc", "break-glass-user" or { root: { acknowledgeRootRecovery: true } }, or leave a device of the owner out of the rules [recovery-missing]',
  remedy: "Declare `recovery`, or leave a device of the owner out of the rules.",
  since: "0.1.0",
});

export const RECOVERY_UNAVAILABLE = defineRefusal({
  code: "recovery-unavailable",
  title: "The declared way back is not there",
  why: "A recovery that names a second device, a workflow or a break-glass user is worth nothing without it.",
  example:
    'environments/prod.ts: recovery: "second-device" needs a further device of owner "anna" that no nightly rule reaches, got one device (laptop by nightly); add a device, leave one out of the nightly rules, or declare another recovery [recovery-unavailable]',
  remedy: "Add what the message names, or declare another recovery.",
  since: "0.1.0",
});

/** What the rest of the environment offers, found out by whoever knows all of it. */
export interface WaysBack {
  /** Users under the break-glass path. */
  readonly breakGlassUsers: readonly string[];
  /** Roles that a GitHub Actions job may assume and that may call `iam:UpdateAccessKey` on device users. */
  readonly reactivationRoles: readonly string[];
}

export const RECOVERY_RUNS_OUT = defineRefusal({
  code: "recovery-runs-out",
  title: "There is a day on which no device of an owner can set a key to Active again",
  why: "Age and absence hit all devices of a person at once: keys that were made on one day end on one day, and after a long absence all of them have ended. Then only root is left.",
  example:
    'environments/prod.ts: recovery: on every coming day a device of owner "anna" from which the others\' keys are set to Active, got none from day 90 on (rule old-keys ends the key of home and laptop); set keyRules.lastKeyStays: true, so that the last such key stays until another works, leave a device out of the rules by age and disuse, or declare another recovery [recovery-runs-out]',
  remedy:
    "Set `keyRules.lastKeyStays: true`, and give each device a role that reactivates its owner's keys (`keyRecoveryRole()`); or leave such a device out of the rules by age and disuse; or declare another recovery.",
  since: "0.2.0",
});

export interface LockOutInput {
  readonly devices: readonly OwnedDevice[];
  readonly rules: ResolvedKeyRules;
  readonly recovery: Recovery | undefined;
  readonly waysBack: WaysBack;
}

/** An owner whom one run could leave with no active key at all. */
export interface LockOut {
  readonly owner: string;
  readonly devices: readonly {
    readonly userName: string;
    /** Names of the rules that can end its keys. */
    readonly rules: readonly string[];
    readonly nightly: boolean;
  }[];
}

type Owned = Omit<OwnedDevice, "reactivates">;

/** The devices of each owner, owners in the order of their names. */
function ownedDevices<Device extends Owned>(
  devices: readonly Device[],
): ReadonlyMap<string, readonly Device[]> {
  const byOwner = new Map<string, Device[]>();
  for (const device of devices) byOwner.set(device.owner, [...(byOwner.get(device.owner) ?? []), device]);
  return new Map([...byOwner].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * Owners every one of whose devices a rule can reach tonight: nightly, by age, or unused. A superseded key does not
 * count, because the newer one stays. Living sessions do not count either: after a weekend there is none.
 */
export function findLockOuts(devices: readonly Owned[], rules: ResolvedKeyRules): LockOut[] {
  return [...ownedDevices(devices)]
    .map(([owner, owned]) => ({
      owner,
      devices: owned.map((device) => {
        const ending = rulesOf(device, rules).filter(canEnd);
        return {
          userName: device.userName,
          rules: ending.map(({ name }) => name),
          nightly: ending.some(({ nightly }) => nightly === true),
        };
      }),
    }))
    .filter((lockOut) => lockOut.devices.every((device) => device.rules.length > 0));
}

/**
 * The lock-out rule: an environment whose rules could leave an owner without a working way in declares how he gets
 * back, and what it declares is there, on every coming day.
 *
 * "second-device" asks for a further device of the same owner that no nightly rule reaches, and on every day, and after
 * an absence of any length, for one that works and from which the others' keys are set to Active.
 *
 * @param location the file, e.g. `environments/prod.ts`
 */
export function lockOutViolations(input: LockOutInput, location: string): Violation[] {
  const { devices, rules, recovery, waysBack } = input;
  const lockOuts = findLockOuts(devices, rules);
  if (recovery === undefined) return lockOuts.map((lockOut) => undeclared(lockOut, location));
  if (recovery === "second-device") {
    const lonely = lockOuts.filter(({ devices: owned }) => !hasSecondDevice(owned));
    const owners = new Set(lonely.map(({ owner }) => owner));
    return [
      ...lonely.map((lockOut) => alone(lockOut, location)),
      ...lockOuts
        .filter(({ owner }) => !owners.has(owner))
        .flatMap(({ owner }) => unhelped(owner, devices, location)),
      ...[...ownedDevices(devices)]
        .filter(([owner]) => !owners.has(owner))
        .flatMap(([owner, owned]) => runsOut(owner, owned, rules, location)),
    ];
  }
  if (recovery === "oidc" && waysBack.reactivationRoles.length === 0) {
    return [
      {
        code: RECOVERY_UNAVAILABLE.code,
        location: `${location}: recovery`,
        expected: '"oidc" needs a role with `github` that may call iam:UpdateAccessKey on device users',
        got: "no such role",
        remedy: "add the role for the reactivate workflow, or declare another recovery",
      },
    ];
  }
  if (recovery === "break-glass-user" && waysBack.breakGlassUsers.length === 0) {
    return [
      {
        code: RECOVERY_UNAVAILABLE.code,
        location: `${location}: recovery`,
        expected: '"break-glass-user" needs a user under breakGlass',
        got: "none",
        remedy: "add one, or declare another recovery",
      },
    ];
  }
  return [];
}

function canEnd(rule: ResolvedKeyRule): boolean {
  return rule.nightly === true || rule.maxAgeDays !== undefined || rule.unusedDays !== undefined;
}

function hasSecondDevice(devices: LockOut["devices"]): boolean {
  return devices.length > 1 && devices.some(({ nightly }) => !nightly);
}

function undeclared(lockOut: LockOut, location: string): Violation {
  return {
    code: RECOVERY_MISSING.code,
    location: `${location}: recovery`,
    expected: `a way back for owner ${JSON.stringify(lockOut.owner)}, whose every device a rule can lock tonight (${reached(lockOut)})`,
    got: "no recovery",
    remedy:
      'declare recovery as "second-device", "oidc", "break-glass-user" or { root: { acknowledgeRootRecovery: true } }, or leave a device of the owner out of the rules',
  };
}

function alone(lockOut: LockOut, location: string): Violation {
  return {
    code: RECOVERY_UNAVAILABLE.code,
    location: `${location}: recovery`,
    expected: `"second-device" needs a further device of owner ${JSON.stringify(lockOut.owner)} that no nightly rule reaches`,
    got:
      lockOut.devices.length === 1
        ? `one device (${reached(lockOut)})`
        : `only nightly ones (${reached(lockOut)})`,
    remedy: "add a device, leave one out of the nightly rules, or declare another recovery",
  };
}

/** Devices of an owner whose key no other of them can set to Active: the one that does it for the others is alone. */
function unhelped(owner: string, devices: readonly OwnedDevice[], location: string): readonly Violation[] {
  const owned = devices.filter((device) => device.owner === owner);
  const helped = new Set(owned.flatMap(({ reactivates }) => reactivates));
  const alone = owned.map(({ userName }) => userName).filter((name) => !helped.has(name));
  if (alone.length === 0) return [];
  const others = owned.filter(({ userName }) => alone.length > 1 || !alone.includes(userName));
  return [
    {
      code: RECOVERY_UNAVAILABLE.code,
      location: `${location}: recovery`,
      expected: `"second-device" needs for each device of owner ${JSON.stringify(owner)} another one whose roles can set its key to Active`,
      got: `none for ${alone.sort().join(" and ")}`,
      remedy: `give ${others.map(({ userName }) => userName).join(" or ")} a role that reactivates the owner's keys, keyRecoveryRole(), or declare another recovery`,
    },
  ];
}

function reached({ devices }: LockOut): string {
  return devices.map(({ userName, rules }) => `${userName} by ${rules.join(" and ")}`).join(", ");
}

function runsOut(
  owner: string,
  devices: readonly OwnedDevice[],
  rules: ResolvedKeyRules,
  location: string,
): readonly Violation[] {
  const found = lockOutDays(devices, rules);
  if (found.length === 0) return [];
  const helps = devices.filter(({ reactivates }) => reactivates.length === devices.length - 1).length > 1;
  return [
    {
      code: RECOVERY_RUNS_OUT.code,
      location: `${location}: recovery`,
      expected: `on every coming day a device of owner ${JSON.stringify(owner)} from which the others' keys are set to Active`,
      got: onDays(found),
      remedy: helps
        ? "set keyRules.lastKeyStays: true, so that the last such key stays until another works, leave a device out of the rules by age and disuse, or declare another recovery"
        : "give the devices a role that reactivates their owner's keys, keyRecoveryRole(), and set keyRules.lastKeyStays: true; or declare another recovery",
    },
  ];
}

/** The days in words. An absence is told of where it locks out sooner than the days themselves. */
export function onDays(days: readonly LockOutDay[]): string {
  return days
    .filter(
      ({ course, day }) =>
        course === "works" || !days.some((one) => one.course === "works" && one.day <= day),
    )
    .map(onDay)
    .join(", and ");
}

/** `none from day 90 on (rule old-keys ends the key of home and work)`. */
function onDay({ course, day, ended, locked, rules }: LockOutDay): string {
  const when = course === "works" ? `from day ${day} on` : `after ${inDays(day)} of absence`;
  const names = ended.length > 0 ? ended : locked;
  return `none ${when} (rule ${rules.join(" and ")} ends the key of ${names.join(" and ")})`;
}
