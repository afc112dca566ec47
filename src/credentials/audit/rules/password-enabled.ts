import { defineRule } from "../../../findings/rule";
import type { UserRule } from "../audit-rule";

export const PASSWORD_ENABLED = defineRule({
  id: "password-enabled",
  area: "audit",
  title: "A user has a password for the console",
  severities: ["critical", "high"],
  why: "Users of this baseline are devices and repositories: nobody signs in as one. A login profile is how somebody who may write IAM makes himself a way in.",
  example: {
    before: "aws iam create-login-profile --user-name work --password ...",
    after: "password_enabled = false",
  },
  remedy: "Delete the login profile: aws iam delete-login-profile --user-name NAME. Find out who made it.",
  reference: {
    title: "IAM User Guide: security best practices",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  },
  since: "0.1.0",
});

export const passwordEnabled: UserRule = {
  declaration: PASSWORD_ENABLED,
  judge({ row, declaredAs, pathKind }) {
    if (row.passwordEnabled !== true) return [];
    const kind = declaredAs ?? pathKind;
    return [
      {
        severity: kind === "device" || kind === "ci" ? "critical" : "high",
        message: `The ${kind ?? "unmanaged"} user has a password for the console; users of this baseline have none.`,
        remedy: PASSWORD_ENABLED.remedy,
      },
    ];
  },
};
