import { defineRule } from "../../../findings/rule";
import { ROOT_ACCOUNT } from "../../credential-report";
import type { AccountRule } from "../audit-rule";

export const DECLARED_USER_MISSING = defineRule({
  id: "declared-user-missing",
  area: "audit",
  title: "A declared user is not in the report",
  severities: ["low"],
  why: "It was deleted by hand, or never deployed: its owner cannot work, and what is expected of the account is not so.",
  example: {
    before: "aws iam delete-user --user-name work",
    after: "the environment is deployed, or no longer declares the user",
  },
  remedy: "Deploy the environment, or wait for a newer report if the user is younger than this one.",
  reference: {
    title: "IAM User Guide: credential reports",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html",
  },
  since: "0.1.0",
});

export const declaredUserMissing: AccountRule = {
  declaration: DECLARED_USER_MISSING,
  judge({ declared, rows }) {
    const there = new Set(rows.map(({ user }) => user).filter((user) => user !== ROOT_ACCOUNT));
    return declared
      .filter(({ userName }) => !there.has(userName))
      .map(({ userName, kind }) => ({
        severity: "low",
        address: `user/${userName}`,
        message: `The environment declares this ${kind} user, but the report does not list it.`,
        remedy: DECLARED_USER_MISSING.remedy,
      }));
  },
};
