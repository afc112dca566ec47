import { defineRule } from "../../findings/rule";
import { credentialRule, endingCommand } from "./credential-rule";

export const UNDECLARED_SIGNING_CERTIFICATE = defineRule({
  id: "undeclared-signing-certificate",
  area: "drift",
  title: "A user has a signing certificate",
  severities: ["medium", "low"],
  why: "It signs requests to AWS in place of an access key, and no key rule ends it. An inactive one is low.",
  example: {
    before: "aws iam upload-signing-certificate --user-name work ...",
    after: "the user has no signing certificate",
  },
  remedy: "Delete the certificate.",
  since: "0.1.0",
});

export const undeclaredSigningCertificate = credentialRule({
  declaration: UNDECLARED_SIGNING_CERTIFICATE,
  what: "signing certificates",
  severity: "medium",
  why: "they sign requests, and no rule ends them",
  ending: (userName) => `${endingCommand("delete-signing-certificate", "certificate-id")(userName)}.`,
  events: ["UploadSigningCertificate"],
});
