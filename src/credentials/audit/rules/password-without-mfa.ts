import { defineRule } from "../../../findings/rule";
import { CIS } from "../audit-limits";
import type { UserRule } from "../audit-rule";

export const PASSWORD_WITHOUT_MFA = defineRule({
  id: "password-without-mfa",
  area: "audit",
  title: "A user signs in to the console with a password alone",
  severities: ["high"],
  why: "A password is guessed, reused and phished. The second factor is what stands between it and the account.",
  example: {
    before: "credential report: password_enabled = true, mfa_active = false",
    after: "password_enabled = false, or mfa_active = true",
  },
  remedy: "Delete the login profile, or enrol an MFA device for the user today.",
  reference: { title: `${CIS}, 2.10` },
  since: "0.1.0",
});

export const passwordWithoutMfa: UserRule = {
  declaration: PASSWORD_WITHOUT_MFA,
  judge: ({ row }) =>
    row.passwordEnabled === true && !row.mfaActive
      ? [
          {
            severity: "high",
            message: "The user signs in to the console with a password alone, without MFA.",
            remedy: PASSWORD_WITHOUT_MFA.remedy,
          },
        ]
      : [],
};
