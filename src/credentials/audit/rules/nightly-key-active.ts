import { defineRule } from "../../../findings/rule";
import type { Judgement, UserRule } from "../audit-rule";
import { type NightlyKeys, nightlyKeys } from "../nightly-keys";

export const NIGHTLY_KEY_ACTIVE = defineRule({
  id: "nightly-key-active",
  area: "audit",
  title: "A key that the nightly run ends is active after it",
  severities: ["high", "medium", "low"],
  why: "The run missed it, runs dry, or somebody reactivated it since, which is what owners do in the morning: then it was used.",
  example: {
    before: "credential report of the morning: access_key_1_active = true, made before the night",
    after: "the key is inactive, or its owner reactivated it",
  },
  remedy:
    "Look at the run's log and at CloudTrail for UpdateAccessKey; deactivate the key unless its owner reactivated it.",
  reference: {
    title: "IAM API: UpdateAccessKey",
    url: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html",
  },
  since: "0.1.0",
});

export const nightlyKeyActive: UserRule = {
  declaration: NIGHTLY_KEY_ACTIVE,
  judge(user, input) {
    const keys = nightlyKeys(user, input);
    if (keys === "run-unknown") return [{ notChecked: "not known when the last run deactivated keys" }];
    if (keys === undefined) return [];
    const judgement = keys.isReportOlder ? byLiveKeys(keys) : byReport(keys);
    return judgement === undefined ? [] : [judgement];
  },
};

/** A report made after the run shows what the run left. */
function byReport({ run, wasUsedSince }: NightlyKeys): Judgement {
  return {
    severity: wasUsedSince ? "low" : "medium",
    message: wasUsedSince
      ? `An access key that the nightly run ends was reactivated after the run of ${run.toISOString()} and used.`
      : `An access key that the nightly run ends is active after the run of ${run.toISOString()}, and was not used since.`,
    remedy: wasUsedSince
      ? "Nothing, if its owner did it; otherwise deactivate it and look at CloudTrail for UpdateAccessKey."
      : "Look at the run's log: it missed the key or runs dry, or somebody reactivated it (CloudTrail, UpdateAccessKey).",
  };
}

/** An older report cannot tell, but IAM can: see `nightly-key-unproven` where it was not asked. */
function byLiveKeys({ run, activeNow = 0 }: NightlyKeys): Judgement | undefined {
  if (activeNow === 0) return undefined;
  return {
    severity: "high",
    message: `IAM lists ${activeNow} active access key${activeNow === 1 ? "" : "s"}, although the nightly run of ${run.toISOString()} should have ended them.`,
    remedy: NIGHTLY_KEY_ACTIVE.remedy,
  };
}
