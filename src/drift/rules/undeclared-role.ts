import { defineRule } from "../../findings/rule";
import { weightOf, worse } from "../../review/weight";
import { runAws } from "../commands";
import { environmentFile } from "../drift-finding";
import type { DriftRule } from "../drift-rule";
import { allowsOf } from "../policy-grants";
import { rightsText } from "../rights-text";
import type { UndeclaredFactOf } from "../undeclared-fact";

export const UNDECLARED_ROLE = defineRule({
  id: "undeclared-role",
  area: "drift",
  title:
    "The account has a role that no environment declares, within the baseline's path or open to its users",
  severities: ["critical", "high", "medium"],
  why: "A role made by hand is a way to act that no review saw. Roles of others are none of this project's business, unless an IAM user of the account may assume them.",
  example: {
    before: "aws iam create-role --role-name support --path /baseline/ ...",
    after: "every role below the path is declared",
  },
  remedy: "Delete it after its policies are detached, declare it, or accept it with a reason and an end.",
  since: "0.1.0",
});

const MOST_ASSUMERS = 5;

type Fact = UndeclaredFactOf<"undeclared-role">;

export const undeclaredRole: DriftRule<Fact, "undeclared-role"> = {
  declaration: UNDECLARED_ROLE,
  judge({ role: { name, path, policies }, assumers }) {
    const who = assumers.length === 0 ? "" : ` ${assumers.slice(0, MOST_ASSUMERS).join(", ")} may assume it;`;
    return {
      severity: worse(weightOf(allowsOf(policies)).severity, "medium"),
      message: `Role ${name} (path ${path}) is declared nowhere;${who} ${rightsText(policies)}.`,
    };
  },
  remedy: ({ role }, _isRepaired, wording) =>
    `${runAws("delete-role", ["role-name", role.name])}, after its policies are detached; or declare it in ${environmentFile(wording)}, or accept it there with a reason and an end.`,
  trail: ({ role }) => ({ resourceName: role.name, events: ["CreateRole", "UpdateAssumeRolePolicy"] }),
};
