import { defineRule } from "../../../findings/rule";
import type { AccountRule } from "../audit-rule";
import { auditedUsers, ofUser } from "../audited-user";

export const USER_QUARANTINED = defineRule({
  id: "user-quarantined",
  area: "audit",
  title: "AWS has put a user in quarantine",
  severities: ["critical"],
  why: "AWS attaches AWSCompromisedKeyQuarantine where it finds an access key that others can read, in a public repository for one. The policy denies a part of what a thief does; the rest goes on.",
  example: {
    before: "AWSCompromisedKeyQuarantineV3 is attached to user/work",
    after: "the key and its sessions are ended, a new key is in place, and then the policy is detached",
  },
  remedy:
    'Respond now: baseline respond NAME --reason "leaked key" ends keys and sessions. Take the quarantine away only with a new key in place.',
  reference: {
    title: "IAM User Guide: AWSCompromisedKeyQuarantineV3",
    url: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
  },
  since: "0.2.0",
});

export const userQuarantined: AccountRule = {
  declaration: USER_QUARANTINED,
  judge(input) {
    const { quarantined, quarantineNotAsked } = input;
    if (quarantined === undefined) {
      return [{ notChecked: quarantineNotAsked ?? "IAM was not asked who holds AWS's quarantine policies" }];
    }
    return auditedUsers(input).flatMap(({ row, address }) => {
      const policy = ofUser(quarantined, row.user);
      if (policy === undefined) return [];
      return [
        {
          severity: "critical" as const,
          address,
          message: `AWS has attached ${policy} to the user: it found an access key of his where others can read it.`,
          remedy:
            'Respond now: baseline respond NAME --reason "leaked key" ends keys and sessions. The owner himself cannot: the quarantine denies it. Take the quarantine away only with a new key in place.',
        },
      ];
    });
  },
};
