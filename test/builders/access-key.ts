import type { AccessKey, KeyOwner } from "../../src/credentials/access-key";
import type { ResolvedKeyRule, ResolvedKeyRules } from "../../src/credentials/resolved-key-rules";

/** The moment at which tests judge: the evening before, in UTC, of a midnight in Tokyo. */
export const NOW = new Date("2026-11-22T15:00:00Z");

/** An active key made a month ago, last use not asked for. The id is one of AWS's examples. */
export function accessKey(differences: Partial<AccessKey> = {}): AccessKey {
  return {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    status: "Active",
    createDate: new Date("2026-10-23T09:00:00Z"),
    ...differences,
  };
}

/** A device user. */
export function keyOwner(differences: Partial<KeyOwner> = {}): KeyOwner {
  return { userName: "work", path: "/baseline/device/", ...differences };
}

/** A rule over all device users that ends keys of 90 days. */
export function keyRule(differences: Partial<ResolvedKeyRule> = {}): ResolvedKeyRule {
  return { name: "age", reason: "keys are short-lived", paths: ["/baseline/device/"], ...differences };
}

/** Rules of an environment with the usual paths. */
export function keyRules(
  rules: readonly ResolvedKeyRule[],
  differences: Partial<ResolvedKeyRules> = {},
): ResolvedKeyRules {
  return {
    version: 1,
    managedPaths: ["/baseline/ci/", "/baseline/device/"],
    exemptPaths: ["/baseline/break-glass/"],
    rules,
    ...differences,
  };
}
