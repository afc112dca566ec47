import type { Recovery } from "../environment/recovery";
import { defineRefusal } from "../findings/refusal";
import type { Violation } from "../findings/violation";
import type { KeyOwner } from "./access-key";
import { rulesOf } from "./coverage";
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

export interface OwnedDevice extends KeyOwner {
  /** The person who holds the device. */
  readonly owner: string;
}

/** What the rest of the environment offers, found out by whoever knows all of it. */
export interface WaysBack {
  /** Users under the break-glass path. */
  readonly breakGlassUsers: readonly string[];
  /** Roles that a GitHub Actions job may assume and that may call `iam:UpdateAccessKey` on device users. */
  readonly reactivationRoles: readonly string[];
}

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

/**
 * Owners every one of whose devices a rule can reach tonight: nightly, by age, or unused. A superseded key does not
 * count, because the newer one stays. Living sessions do not count either: after a weekend there is none.
 */
export function findLockOuts(devices: readonly OwnedDevice[], rules: ResolvedKeyRules): LockOut[] {
  const byOwner = new Map<string, OwnedDevice[]>();
  for (const device of devices) byOwner.set(device.owner, [...(byOwner.get(device.owner) ?? []), device]);
  return [...byOwner]
    .sort(([left], [right]) => (left < right ? -1 : 1))
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
 * back, and what it declares is there.
 *
 * "second-device" asks for a further device of the same owner that no nightly rule reaches. Rules by age or disuse may
 * reach it: they fall due once in weeks and the audit tells before, while a nightly rule ends every key at once.
 *
 * @param location the file, e.g. `environments/prod.ts`
 */
export function lockOutViolations(input: LockOutInput, location: string): Violation[] {
  const { devices, rules, recovery, waysBack } = input;
  const lockOuts = findLockOuts(devices, rules);
  if (recovery === undefined) return lockOuts.map((lockOut) => undeclared(lockOut, location));
  if (recovery === "second-device") {
    return lockOuts
      .filter(({ devices: owned }) => !hasSecondDevice(owned))
      .map((lockOut) => alone(lockOut, location));
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

function reached({ devices }: LockOut): string {
  return devices.map(({ userName, rules }) => `${userName} by ${rules.join(" and ")}`).join(", ");
}
