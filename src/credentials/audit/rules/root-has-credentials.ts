import { defineRule } from "../../../findings/rule";
import { hasKey } from "../../credential-report";
import type { RootRule } from "../audit-rule";
import { holdsKeyOrCertificate } from "../root-user";

export const ROOT_HAS_CREDENTIALS = defineRule({
  id: "root-has-credentials",
  area: "audit",
  title: "Root is declared as centrally managed and has credentials of its own",
  severities: ["high"],
  why: "An organization that manages root takes its password, keys and MFA device away. What is left, or came back, is a way in that nobody expects.",
  example: {
    before: 'root: { credentials: "central" }, and the report shows password_enabled = true',
    after: "no password, access key or MFA device",
  },
  remedy:
    "Delete root's credentials from the organization's management account (sts:AssumeRoot), or declare credentials as \"own\".",
  reference: {
    title: "IAM User Guide: central root access",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
  },
  since: "0.2.0",
});

export const rootHasCredentials: RootRule = {
  declaration: ROOT_HAS_CREDENTIALS,
  appliesTo: ({ root }) => root?.credentials === "central",
  judge(root) {
    if (root.passwordEnabled === "not_supported" && !holdsKeyOrCertificate(root) && !root.mfaActive) {
      return [{ notChecked: "this report does not tell whether root has a password" }];
    }
    const has = [
      ...(root.passwordEnabled === true ? ["a password"] : []),
      ...(root.accessKeys.some(hasKey) ? ["an access key"] : []),
      ...(root.mfaActive ? ["an MFA device"] : []),
    ];
    if (has.length === 0) return [];
    return [
      {
        severity: "high",
        message: `The environment declares root as centrally managed, but it has ${has.join(" and ")}.`,
        remedy:
          "Delete root's credentials from the organization's management account (sts:AssumeRoot with IAMDeleteRootUserCredentials), or declare credentials as \"own\".",
      },
    ];
  },
};
