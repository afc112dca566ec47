import { defineRule } from "../../../findings/rule";
import { hasKey } from "../../credential-report";
import { CIS } from "../audit-limits";
import type { RootRule } from "../audit-rule";

export const ROOT_ACCESS_KEY = defineRule({
  id: "root-access-key",
  area: "audit",
  title: "The root user has an access key",
  severities: ["critical", "high"],
  why: "No policy limits what the root user may do, and no MFA stands before a key. An inactive key is one console visit away from an active one.",
  example: {
    before: "credential report: <root_account>, access_key_1_active = true",
    after: "both access_key_..._active are false, and the keys are deleted",
  },
  remedy: "Find out who uses it, deactivate it, and delete it as root in the console.",
  reference: { title: `${CIS}, 2.4` },
  since: "0.1.0",
});

export const rootAccessKey: RootRule = {
  declaration: ROOT_ACCESS_KEY,
  judge: (root) =>
    root.accessKeys.filter(hasKey).map(({ active }) => ({
      severity: active ? "critical" : "high",
      message: `The root user has an ${active ? "active" : "inactive"} access key; no policy limits what it may do.`,
      remedy: active
        ? "Find out who uses it, deactivate it, and delete it as root in the console."
        : "Delete it as root in the console.",
    })),
};
