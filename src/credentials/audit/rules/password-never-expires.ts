import { defineRule } from "../../../findings/rule";
import type { UserRule } from "../audit-rule";

export const PASSWORD_NEVER_EXPIRES = defineRule({
  id: "password-never-expires",
  area: "audit",
  title: "Nothing ever makes a user's password expire",
  severities: ["medium"],
  why: "A password that somebody copied works until the user is gone.",
  example: {
    before: "credential report: password_enabled = true, password_next_rotation = N/A",
    after: "password_enabled = false, or a date",
  },
  remedy: "Delete the login profile, or set a maximum age in the account's password policy.",
  reference: {
    title: "IAM User Guide: password policy",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
  },
  since: "0.1.0",
});

export const passwordNeverExpires: UserRule = {
  declaration: PASSWORD_NEVER_EXPIRES,
  judge({ row, address }) {
    if (row.passwordEnabled !== true) return [];
    if (row.passwordNextRotation === "not_supported") {
      return [{ notChecked: `the report does not say when the password of ${address} expires` }];
    }
    if (row.passwordNextRotation !== "N/A") return [];
    return [
      {
        severity: "medium",
        message: "No password policy ever makes the user's password expire.",
        remedy: PASSWORD_NEVER_EXPIRES.remedy,
      },
    ];
  },
};
