import { defineRule } from "../../../findings/rule";
import { CIS } from "../audit-limits";
import type { RootRule } from "../audit-rule";
import { hasNoCredentials } from "../root-user";

export const ROOT_WITHOUT_MFA = defineRule({
  id: "root-without-mfa",
  area: "audit",
  title: "The root user has no MFA device",
  severities: ["critical"],
  why: "Whoever has the password of the mailbox and of the root user has the account, and nothing can take it away again. A root user without any credential, which an organization manages centrally, has nothing to protect.",
  example: { before: "credential report: <root_account>, mfa_active = false", after: "mfa_active = true" },
  remedy: "Sign in as root and enrol one, best a hardware device that is kept apart from the password.",
  reference: { title: `${CIS}, 2.5` },
  since: "0.1.0",
});

export const rootWithoutMfa: RootRule = {
  declaration: ROOT_WITHOUT_MFA,
  judge(root, { root: declared }) {
    if (hasNoCredentials(root)) {
      return [
        {
          note: "root: centrally managed: it has no password, access key, certificate or MFA device to protect",
        },
      ];
    }
    if (root.mfaActive || declared?.credentials === "central") return [];
    return [
      { severity: "critical", message: "The root user has no MFA device.", remedy: ROOT_WITHOUT_MFA.remedy },
    ];
  },
};
