import { defineRule } from "../../findings/rule";
import { runAws } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { CredentialFact } from "../undeclared-fact";
import { credentialRule } from "./credential-rule";

export const UNDECLARED_ACCESS_KEY = defineRule({
  id: "undeclared-access-key",
  area: "drift",
  title: "The root user, or a user that nobody declares, has an access key",
  severities: ["critical", "high", "low"],
  why: "Nothing can limit a key of the root user: that is critical. A key of a user whom nobody declares is in no key rule and never ends; an inactive one is low. Keys of declared users are theirs to make.",
  example: {
    before: "aws iam create-access-key --user-name intruder",
    after: "only declared users have keys, and the root user has none",
  },
  remedy: "Deactivate the key, and delete it when nothing breaks.",
  since: "0.1.0",
});

const ofUsers = credentialRule({
  declaration: UNDECLARED_ACCESS_KEY,
  what: { counted: "access key" },
  severity: "high",
  why: "nothing declares the user, so no rule ends its keys",
  ending: (userName) =>
    `${runAws("update-access-key", ["user-name", userName], ["access-key-id", "<id>"], ["status", "Inactive"])}, and delete it when nothing breaks.`,
  events: ["CreateAccessKey", "UpdateAccessKey"],
});

export const undeclaredAccessKey: DriftRule<CredentialFact, "undeclared-access-key"> = {
  ...ofUsers,
  judge: (fact, context) =>
    fact.userName === "root"
      ? {
          severity: "critical",
          message: "The root user has an access key, which nothing can limit.",
          evidence: fact.items,
        }
      : ofUsers.judge(fact, context),
  remedy: (fact, isRepaired, wording) =>
    fact.userName === "root"
      ? "Sign in as the root user and delete the key: the root user has none."
      : ofUsers.remedy(fact, isRepaired, wording),
};
