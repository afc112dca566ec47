import { defineRule } from "../../../findings/rule";
import type { UserRule } from "../audit-rule";
import { activeKeys, isBreakGlass } from "../audited-user";

export const BREAK_GLASS_KEY_ACTIVE = defineRule({
  id: "break-glass-key-active",
  area: "audit",
  title: "A break-glass user has an active access key",
  severities: ["medium"],
  why: "It is for the day when everything else is locked. No run ends the key, so a person has to.",
  example: {
    before: "credential report: break-glass user, access_key_1_active = true",
    after: "the key is inactive between emergencies",
  },
  remedy: "Deactivate it when the emergency is over, or accept the finding for as long as the ticket runs.",
  reference: {
    title: "IAM User Guide: security best practices",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  },
  since: "0.1.0",
});

export const breakGlassKeyActive: UserRule = {
  declaration: BREAK_GLASS_KEY_ACTIVE,
  judge: (user) =>
    isBreakGlass(user) && activeKeys(user.row).length > 0
      ? [
          {
            severity: "medium",
            message: "The break-glass user has an active access key, which no run ends.",
            remedy: BREAK_GLASS_KEY_ACTIVE.remedy,
          },
        ]
      : [],
};
