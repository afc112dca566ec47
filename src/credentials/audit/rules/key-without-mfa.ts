import { defineRule } from "../../../findings/rule";
import type { UserRule } from "../audit-rule";
import { activeKeys } from "../audited-user";

export const KEY_WITHOUT_MFA = defineRule({
  id: "key-without-mfa",
  area: "audit",
  title: "A user has an active access key and no MFA device",
  severities: ["high"],
  why: "Whoever holds the key could enrol a device of his own, and then meet every condition that asks for MFA. Repository users are left out, whoever declares them: a job has none.",
  example: {
    before: "credential report: access_key_1_active = true, mfa_active = false",
    after: "mfa_active = true",
  },
  remedy: "Enrol the MFA device now, or deactivate the key until its owner does.",
  reference: {
    title: "IAM User Guide: security best practices",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  },
  since: "0.1.0",
});

export const keyWithoutMfa: UserRule = {
  declaration: KEY_WITHOUT_MFA,
  judge: ({ row, declaredAs, pathKind }) =>
    activeKeys(row).length === 0 || row.mfaActive || (declaredAs ?? pathKind) === "ci"
      ? []
      : [
          {
            severity: "high",
            message:
              "The user has an active access key and no MFA device; whoever holds the key could enrol a device of his own.",
            remedy: KEY_WITHOUT_MFA.remedy,
          },
        ],
};
