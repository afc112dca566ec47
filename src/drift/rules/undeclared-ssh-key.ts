import { defineRule } from "../../findings/rule";
import { credentialRule, endingCommand } from "./credential-rule";

export const UNDECLARED_SSH_KEY = defineRule({
  id: "undeclared-ssh-key",
  area: "drift",
  title: "A user has an SSH public key",
  severities: ["medium", "low"],
  why: "It opens CodeCommit repositories without an access key and without MFA, and no key rule ends it. An inactive one is low.",
  example: {
    before: "aws iam upload-ssh-public-key --user-name work ...",
    after: "the user has no SSH public key",
  },
  remedy: "Delete the key.",
  since: "0.1.0",
});

export const undeclaredSshKey = credentialRule({
  declaration: UNDECLARED_SSH_KEY,
  what: "SSH public keys",
  severity: "medium",
  why: "they open CodeCommit without an access key",
  ending: (userName) => `${endingCommand("delete-ssh-public-key", "ssh-public-key-id")(userName)}.`,
  events: ["UploadSSHPublicKey"],
});
