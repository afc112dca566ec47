import { defineRule } from "../../../findings/rule";
import type { UserRule } from "../audit-rule";
import { activeKeys, areBothInUse } from "../audited-user";

export const TWO_ACTIVE_KEYS = defineRule({
  id: "two-active-keys",
  area: "audit",
  title: "A user has two active access keys",
  severities: ["medium"],
  why: "A rotation needs the second key for minutes. One that stays is a copy that nobody watches.",
  example: {
    before: "credential report: access_key_1_active = access_key_2_active = true",
    after: "one active key",
  },
  remedy: "Deactivate the one that is not used, and delete it when nothing breaks.",
  reference: {
    title: "IAM User Guide: rotating access keys",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html",
  },
  since: "0.1.0",
});

export const twoActiveKeys: UserRule = {
  declaration: TWO_ACTIVE_KEYS,
  judge: ({ row }, { generatedTime }) =>
    activeKeys(row).length < 2 || areBothInUse(row, generatedTime)
      ? []
      : [
          {
            severity: "medium",
            message:
              "The user has two active access keys, although a rotation needs the second for minutes only.",
            remedy: TWO_ACTIVE_KEYS.remedy,
          },
        ],
};
