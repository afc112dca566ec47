import type { Finding } from "../../findings/finding";
import { rulesOf } from "../coverage";
import { days, wholeDays } from "../days";
import { DEFAULT_FRESH_DAYS } from "../decide";
import { type AuditInput, auditFinding } from "./audit-input";
import { AUDIT_LIMITS } from "./audit-rules";
import { type AuditedUser, activeKeys, ageOf, type HeldKey } from "./audited-user";

/** Access keys: one active key, with MFA, young, in use. */
export function auditKeys(user: AuditedUser, input: AuditInput): Finding[] {
  const active = activeKeys(user.row);
  return [
    ...withoutMfa(user, active),
    ...several(user, active, input.generatedTime),
    ...active.flatMap((key) => {
      const ended = [...tooOld(user, key, input), ...unused(user, key, input)];
      return ended.length > 0 ? ended : endsSoon(user, key, input);
    }),
    ...additional(user),
  ];
}

/** Repository users are left out, whoever declares them: a job has no MFA device. */
function withoutMfa(
  { row, address, declaredAs, pathKind }: AuditedUser,
  active: readonly HeldKey[],
): Finding[] {
  if (active.length === 0 || row.mfaActive || (declaredAs ?? pathKind) === "ci") return [];
  return [
    auditFinding(
      "key-without-mfa",
      "high",
      address,
      "The user has an active access key and no MFA device; whoever holds the key could enrol a device of his own.",
      "Enrol the MFA device now, or deactivate the key until its owner does.",
    ),
  ];
}

function several({ address }: AuditedUser, active: readonly HeldKey[], at: Date): Finding[] {
  if (active.length < 2) return [];
  const uses = active.map((key) => key.lastUsedDate);
  if (uses.every((use) => use instanceof Date && wholeDays(use, at) <= AUDIT_LIMITS.recentUseDays)) {
    return [
      auditFinding(
        "two-active-keys-in-use",
        "high",
        address,
        `Both access keys are active and were used within ${days(AUDIT_LIMITS.recentUseDays)}: two places hold keys of one device.`,
        "Give each place a user of its own, or end the rotation: move everything to the newer key and deactivate the older.",
      ),
    ];
  }
  return [
    auditFinding(
      "two-active-keys",
      "medium",
      address,
      "The user has two active access keys, although a rotation needs the second for minutes only.",
      "Deactivate the one that is not used, and delete it when nothing breaks.",
    ),
  ];
}

function tooOld(user: AuditedUser, key: HeldKey, input: AuditInput): Finding[] {
  const age = ageOf(key, input.generatedTime);
  const limit = Math.min(AUDIT_LIMITS.keyAgeDays, ...ownLimits(user, input, "maxAgeDays"));
  if (age === undefined || age < limit) return [];
  return [
    auditFinding(
      "key-too-old",
      "medium",
      user.address,
      `Access key ${key.slot} is active and ${days(age)} old; the limit is ${days(limit)}.`,
      "Rotate it: make a new key, move to it, deactivate the old one.",
    ),
  ];
}

function unused(user: AuditedUser, key: HeldKey, input: AuditInput): Finding[] {
  const limit = Math.min(AUDIT_LIMITS.unusedDays, ...ownLimits(user, input, "unusedDays"));
  const age = ageOf(key, input.generatedTime);
  if (key.lastUsedDate instanceof Date) {
    const idle = wholeDays(key.lastUsedDate, input.generatedTime);
    return idle < limit
      ? []
      : [unusedFinding(user, `Access key ${key.slot} is active and unused for ${days(idle)}`, limit)];
  }
  const grace = Math.max(limit, DEFAULT_FRESH_DAYS, ...ownLimits(user, input, "freshDays"));
  if (age === undefined || age < grace) return [];
  return [unusedFinding(user, `Access key ${key.slot} is active and was never used in ${days(age)}`, grace)];
}

function unusedFinding(user: AuditedUser, what: string, limit: number): Finding {
  return auditFinding(
    "key-unused",
    "medium",
    user.address,
    `${what}; the limit is ${days(limit)}.`,
    "Deactivate it, and delete it when nobody misses it.",
  );
}

/** A key whose day comes before two more audits: a warning, so that nobody meets it on the day itself. */
function endsSoon(user: AuditedUser, key: HeldKey, input: AuditInput): Finding[] {
  const at = input.generatedTime;
  const age = ageOf(key, at);
  const maxAge = Math.min(AUDIT_LIMITS.keyAgeDays, ...ownLimits(user, input, "maxAgeDays"));
  const maxIdle = Math.min(AUDIT_LIMITS.unusedDays, ...ownLimits(user, input, "unusedDays"));
  const grace = Math.max(maxIdle, DEFAULT_FRESH_DAYS, ...ownLimits(user, input, "freshDays"));
  const idle = key.lastUsedDate instanceof Date ? wholeDays(key.lastUsedDate, at) : undefined;
  const left = [
    ...(age === undefined ? [] : [{ days: maxAge - age, because: `${days(age)} old of ${maxAge}` }]),
    ...(idle !== undefined
      ? [{ days: maxIdle - idle, because: `unused for ${days(idle)} of ${maxIdle}` }]
      : age === undefined
        ? []
        : [{ days: grace - age, because: `never used in ${days(age)} of ${grace}` }]),
  ].sort((one, other) => one.days - other.days)[0];
  if (left === undefined || left.days > AUDIT_LIMITS.warnDays) return [];
  return [
    auditFinding(
      "key-ends-soon",
      "info",
      user.address,
      `Access key ${key.slot} is ${left.because}: it reaches the limit in ${days(left.days)}.`,
      "Rotate or use it before that day; on the day itself a rule may deactivate it, and it counts as too old or unused.",
    ),
  ];
}

/** The limits that the environment's own rules set for this user. */
function ownLimits(
  user: AuditedUser,
  { keyRules }: AuditInput,
  limit: "maxAgeDays" | "unusedDays" | "freshDays",
): readonly number[] {
  if (keyRules === undefined) return [];
  return rulesOf({ userName: user.row.user, path: user.path }, keyRules).flatMap((rule) => rule[limit] ?? []);
}

/** More keys or certificates than the report has columns for. */
function additional({ row, address }: AuditedUser): Finding[] {
  const info = row.additionalCredentialsInfo ?? "";
  if (["", "N/A", "no_information", "not_supported"].includes(info)) return [];
  return [
    auditFinding(
      "additional-credentials",
      "high",
      address,
      `The user has more credentials than the two keys and certificates of the report: ${info}`,
      "List them with aws iam list-access-keys and list-signing-certificates, and delete what nobody needs.",
    ),
  ];
}
