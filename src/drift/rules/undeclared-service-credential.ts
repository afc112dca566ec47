import { defineRule } from "../../findings/rule";
import { credentialRule, endingCommand } from "./credential-rule";

export const UNDECLARED_SERVICE_CREDENTIAL = defineRule({
  id: "undeclared-service-credential",
  area: "drift",
  title: "A user has a service-specific credential",
  severities: ["high", "low"],
  why: "It is a password for one service (CodeCommit, Keyspaces, Bedrock): it needs no MFA, and no key rule ends it. An inactive one is low.",
  example: {
    before:
      "aws iam create-service-specific-credential --user-name work --service-name bedrock.amazonaws.com",
    after: "the user has no service-specific credential",
  },
  remedy: "Delete the credential.",
  since: "0.1.0",
});

export const undeclaredServiceCredential = credentialRule({
  declaration: UNDECLARED_SERVICE_CREDENTIAL,
  what: "service-specific credentials",
  severity: "high",
  why: "they are passwords for a service, and no rule ends them",
  ending: (userName) =>
    `${endingCommand("delete-service-specific-credential", "service-specific-credential-id")(userName)}.`,
  events: ["CreateServiceSpecificCredential"],
});
