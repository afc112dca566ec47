import { defineRule } from "../../../findings/rule";
import type { UserRule } from "../audit-rule";
import { nightlyKeys } from "../nightly-keys";

export const NIGHTLY_KEY_UNPROVEN = defineRule({
  id: "nightly-key-unproven",
  area: "audit",
  title: "It is not proven that the nightly run ended a key",
  severities: ["medium"],
  why: "IAM hands out the same report for four hours, even after keys changed: one made before the run shows the key as active, whatever the run did.",
  example: {
    before: "the report was made at 23:50 and the run was at 00:00",
    after: "a report made after the run, or the keys listed now",
  },
  remedy: "List the user's keys now (baseline keys list), or audit again with a report made after the run.",
  reference: {
    title: "IAM User Guide: credential reports",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html",
  },
  since: "0.1.0",
});

export const nightlyKeyUnproven: UserRule = {
  declaration: NIGHTLY_KEY_UNPROVEN,
  judge(user, input) {
    const keys = nightlyKeys(user, input);
    if (keys === undefined || keys === "run-unknown" || !keys.isReportOlder) return [];
    if (keys.activeNow !== undefined) return [];
    return [
      {
        severity: "medium",
        message: `The report shows an active access key, but is older than the nightly run of ${keys.run.toISOString()}.`,
        remedy: NIGHTLY_KEY_UNPROVEN.remedy,
      },
    ];
  },
};
