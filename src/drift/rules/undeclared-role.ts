import { defineRule } from "../../findings/rule";
import { isAtLeast, type Severity } from "../../findings/severity";
import { weightOf, worse } from "../../review/weight";
import { runAws } from "../commands";
import { environmentFile } from "../drift-finding";
import type { DriftRule } from "../drift-rule";
import { allowsOf } from "../policy-grants";
import { rightsText } from "../rights-text";
import type { UndeclaredFactOf } from "../undeclared-fact";
import { isHolder, isWayUp, wayUpText } from "../ways-up";

export const UNDECLARED_ROLE = defineRule({
  id: "undeclared-role",
  area: "drift",
  title: "A role that no environment declares is a way in, or lies within the baseline's path",
  severities: ["critical", "high", "medium"],
  why: "The classic back door is a role with administrator rights, or one that somebody outside of the account may assume: it needs no key, and nobody looks for it. Its rights count and not its path. It is critical for both; high for a vendor's role with an external id, or a repository of an owner whom no declared role trusts, with lesser rights; other roles of others are none of this project's business, unless an IAM user may assume them.",
  example: {
    before:
      "aws iam create-role --role-name support, trusting arn:aws:iam::999988887777:root, with AdministratorAccess",
    after:
      "every role that leads to administrator rights or lets a stranger in is declared, or accepted with a reason",
  },
  remedy: "Delete it after its policies are detached, declare it, or accept it with a reason and an end.",
  since: "0.1.0",
});

const MOST_SHOWN = 5;

type Fact = UndeclaredFactOf<"undeclared-role">;

export const undeclaredRole: DriftRule<Fact, "undeclared-role"> = {
  declaration: UNDECLARED_ROLE,
  judge(fact) {
    const { role, assumers, strangers, wayUp } = fact;
    const { name, path, policies } = role;
    const way = isHolder(wayUp) ? undefined : wayUpText(wayUp);
    const callers = [...strangers.map(({ who }) => who), ...assumers];
    const shown = callers.slice(0, MOST_SHOWN).join(", ");
    const more = callers.length > MOST_SHOWN ? ` and ${callers.length - MOST_SHOWN} more` : "";
    const parts = [
      ...(callers.length === 0 ? [] : [`${shown}${more} may assume it`]),
      rightsText(policies),
      ...(way === undefined ? [] : [way]),
    ];
    return {
      severity: severityOf(fact),
      message: `Role ${name} (path ${path}) is declared nowhere; ${parts.join("; ")}.`,
    };
  },
  remedy: ({ role }, _isRepaired, wording) =>
    `${runAws("delete-role", ["role-name", role.name])}, after its policies are detached; or declare it in ${environmentFile(wording)}, or accept it there with a reason and an end.`,
  trail: ({ role }) => ({ resourceName: role.name, events: ["CreateRole", "UpdateAssumeRolePolicy"] }),
};

function severityOf({ role: { policies }, strangers, wayUp }: Fact): Severity {
  const { severity } = weightOf(allowsOf(policies));
  if (isWayUp(wayUp)) return "critical";
  const isVendor = strangers.every(({ isNamed }) => isNamed) && !isAtLeast(severity, "high");
  if (strangers.length > 0) return isVendor ? "high" : "critical";
  return worse(severity, "medium");
}
