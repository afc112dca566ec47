import type { ResolvedKeyRules } from "../../src/credentials/resolved-key-rules";

/** Every key of device users, every night. */
export const NIGHTLY: ResolvedKeyRules = {
  version: 1,
  managedPaths: ["/baseline/device/"],
  exemptPaths: ["/baseline/break-glass/"],
  rules: [{ name: "nightly", reason: "keys are for the day", paths: ["/baseline/device/"], nightly: true }],
};
