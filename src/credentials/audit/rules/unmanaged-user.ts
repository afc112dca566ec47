import { defineRule } from "../../../findings/rule";
import type { UserRule } from "../audit-rule";
import { activeKeys } from "../audited-user";

export const UNMANAGED_USER = defineRule({
  id: "unmanaged-user",
  area: "audit",
  title: "A user exists that no environment declares",
  severities: ["high", "medium"],
  why: "No guard, no rule and no review reaches it. With credentials that work it is a way in that nobody watches.",
  example: {
    before: "aws iam create-user --user-name intruder",
    after: "the user is declared and imported, or deleted",
  },
  remedy: "Declare it in the environment and import it, or delete it: aws iam delete-user.",
  reference: {
    title: "IAM User Guide: security best practices",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  },
  since: "0.1.0",
});

export const unmanagedUser: UserRule = {
  declaration: UNMANAGED_USER,
  judge({ row, path, declaredAs, declaredPath }, { neighbours = [] }) {
    if (declaredAs !== undefined || neighbours.some(({ root }) => path.startsWith(root))) return [];
    const usable = row.passwordEnabled === true || activeKeys(row).length > 0;
    return [
      {
        severity: usable ? "high" : "medium",
        message:
          declaredPath === undefined
            ? `The environment declares no such user; it ${usable ? "has credentials that work" : "has no working credentials"}, path ${path}.`
            : `The environment declares this user under ${declaredPath}, but it is under ${path}, where no rule or guard expects it.`,
        remedy: UNMANAGED_USER.remedy,
      },
    ];
  },
};
