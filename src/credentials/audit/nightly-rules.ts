import { rulesOf } from "../coverage";
import { type AuditInput, type AuditResult, auditFinding } from "./audit-input";
import { type AuditedUser, activeKeys } from "./audited-user";

const NOTHING: AuditResult = { findings: [], notChecked: [] };

/**
 * Keys that a nightly run should have ended. A report made before the run cannot tell: IAM hands out the same report
 * for 4 hours, even after keys changed. One made after it can, but the key may have been reactivated since, which is
 * what owners do in the morning: then it was used.
 */
export function auditNightly(user: AuditedUser, input: AuditInput): AuditResult {
  const { keyRules, lastNightlyRun, generatedTime } = input;
  const covered =
    keyRules !== undefined &&
    rulesOf({ userName: user.row.user, path: user.path }, keyRules).some(({ nightly }) => nightly === true);
  if (!covered) return NOTHING;
  const active = activeKeys(user.row);
  if (active.length === 0) return NOTHING;
  if (lastNightlyRun === undefined) {
    return {
      findings: [],
      notChecked: [{ rule: "nightly-key-active", reason: "not known when the last run deactivated keys" }],
    };
  }
  const older = active.filter(
    ({ lastRotated }) => !(lastRotated instanceof Date) || lastRotated.getTime() < lastNightlyRun.getTime(),
  );
  if (older.length === 0) return NOTHING;
  if (generatedTime.getTime() <= lastNightlyRun.getTime())
    return { findings: unproven(user, input, lastNightlyRun), notChecked: [] };
  const used = older.some(
    ({ lastUsedDate }) => lastUsedDate instanceof Date && lastUsedDate.getTime() >= lastNightlyRun.getTime(),
  );
  return {
    findings: [
      auditFinding(
        "nightly-key-active",
        used ? "low" : "medium",
        user.address,
        used
          ? `An access key that the nightly run ends was reactivated after the run of ${lastNightlyRun.toISOString()} and used.`
          : `An access key that the nightly run ends is active after the run of ${lastNightlyRun.toISOString()}, and was not used since.`,
        used
          ? "Nothing, if its owner did it; otherwise deactivate it and look at CloudTrail for UpdateAccessKey."
          : "Look at the run's log: it missed the key or runs dry, or somebody reactivated it (CloudTrail, UpdateAccessKey).",
      ),
    ],
    notChecked: [],
  };
}

function unproven(user: AuditedUser, { activeKeysNow }: AuditInput, run: Date) {
  const name = user.row.user;
  const live =
    activeKeysNow !== undefined && Object.hasOwn(activeKeysNow, name) ? activeKeysNow[name] : undefined;
  if (live === 0) return [];
  if (live === undefined) {
    return [
      auditFinding(
        "nightly-key-unproven",
        "medium",
        user.address,
        `The report shows an active access key, but is older than the nightly run of ${run.toISOString()}.`,
        "List the user's keys now (baseline keys list), or audit again with a report made after the run.",
      ),
    ];
  }
  return [
    auditFinding(
      "nightly-key-active",
      "high",
      user.address,
      `IAM lists ${live} active access key${live === 1 ? "" : "s"}, although the nightly run of ${run.toISOString()} should have ended them.`,
      "Look at the run's log and at CloudTrail for UpdateAccessKey; deactivate the key unless its owner reactivated it.",
    ),
  ];
}
