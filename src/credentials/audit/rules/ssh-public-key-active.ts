import { defineRule } from "../../../findings/rule";
import type { AccountRule } from "../audit-rule";
import { whyNotAsked } from "../audit-rule";
import { auditedUsers, ofUser } from "../audited-user";

export const SSH_PUBLIC_KEY_ACTIVE = defineRule({
  id: "ssh-public-key-active",
  area: "audit",
  title: "A user has an active SSH public key for CodeCommit",
  severities: ["medium"],
  why: "It is a credential that the credential report does not show and no key rule ends.",
  example: {
    before: "aws iam upload-ssh-public-key --user-name work ...",
    after: "the key is Inactive, then deleted",
  },
  remedy: "Deactivate it: aws iam update-ssh-public-key --status Inactive; delete it when nobody misses it.",
  reference: {
    title: "IAM API: UpdateSSHPublicKey",
    url: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html",
  },
  since: "0.2.0",
});

export const sshPublicKeyActive: AccountRule = {
  declaration: SSH_PUBLIC_KEY_ACTIVE,
  judge(input) {
    const { otherCredentials } = input;
    const counts = otherCredentials?.sshPublicKeys;
    if (counts === undefined) return [{ notChecked: whyNotAsked(otherCredentials) }];
    return auditedUsers(input).flatMap(({ row, address }) => {
      const keys = ofUser(counts, row.user) ?? 0;
      if (keys === 0) return [];
      return [
        {
          severity: "medium" as const,
          address,
          message: `The user has ${keys} active SSH public key${keys === 1 ? "" : "s"} for CodeCommit, a credential that no rule ends.`,
          remedy: SSH_PUBLIC_KEY_ACTIVE.remedy,
        },
      ];
    });
  },
};
