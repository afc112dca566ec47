import { defineRule } from "../../findings/rule";
import { credentialRule, endingCommand } from "./credential-rule";

export const UNDECLARED_PASSWORD = defineRule({
  id: "undeclared-password",
  area: "drift",
  title: "A user has a password, and users of the baseline have none",
  severities: ["high", "low"],
  why: "A password opens the console without an access key: the nightly run ends keys and no password, and a guessed or reused one needs no device.",
  example: {
    before: "aws iam create-login-profile --user-name work ...",
    after: "no user of the account has a login profile",
  },
  remedy: "Delete the login profile; people sign in with their device's key and assume roles.",
  since: "0.1.0",
});

export const undeclaredPassword = credentialRule({
  declaration: UNDECLARED_PASSWORD,
  what: "a password",
  severity: "high",
  why: "the console needs no key, and the nightly run ends no password",
  ending: (userName) =>
    `${endingCommand("delete-login-profile")(userName)}: nobody here signs in with a password.`,
  events: ["CreateLoginProfile", "UpdateLoginProfile"],
});
