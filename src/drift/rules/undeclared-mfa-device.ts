import { defineRule } from "../../findings/rule";
import { awsCommand } from "../commands";
import { credentialRule } from "./credential-rule";

export const UNDECLARED_MFA_DEVICE = defineRule({
  id: "undeclared-mfa-device",
  area: "drift",
  title: "A user has an MFA device that self-service does not enrol",
  severities: ["medium", "low"],
  why: "Self-service enrols virtual devices under the name of the user. Another device is one that somebody else enrolled: whoever holds it passes for the user's second factor.",
  example: {
    before: "the MFA device arn:aws:iam::111122223333:mfa/other is enabled for user work",
    after: "user work has the device mfa/work, and no other",
  },
  remedy: "Ask the owner; deactivate it if nobody knows it.",
  since: "0.1.0",
});

export const undeclaredMfaDevice = credentialRule({
  declaration: UNDECLARED_MFA_DEVICE,
  what: "an MFA device that self-service does not enrol",
  severity: "medium",
  why: "whoever holds it passes for the user's second factor",
  ending: (userName) =>
    `Ask the owner; if nobody knows it: ${awsCommand("deactivate-mfa-device", ["user-name", userName], ["serial-number", "<serial>"])}.`,
  events: ["EnableMFADevice"],
});
