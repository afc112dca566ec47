import { defineRule } from "../../findings/rule";
import { environmentFile } from "../drift-finding";
import type { DriftRule } from "../drift-rule";
import type { UndeclaredFactOf } from "../undeclared-fact";
import { capitalized, counted, principalText } from "../words";

export const UNDECLARED_WAY_UP = defineRule({
  id: "undeclared-way-up",
  area: "drift",
  title: "A declared user or role comes to administrator rights by something that its stacks do not declare",
  severities: ["critical", "high"],
  why: "Stacks that let somebody pass any role to a service, or change any function, leave open what that is worth: it depends on the roles that the account holds. This is the account's answer. It is high where a step is only not known to be denied.",
  example: {
    before:
      "group builders may pass any role to Lambda and make functions, and the account has a role with administrator rights that Lambda may assume",
    after: "the group may pass the roles that its functions need, by name",
  },
  remedy: "Name the roles that may be passed in Resource, and the service in iam:PassedToService.",
  reference: {
    title: "IAM: granting a user permissions to pass a role to an AWS service",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  },
  since: "0.2.0",
});

const MOST_SHOWN = 3;

type Fact = UndeclaredFactOf<"undeclared-way-up">;

export const undeclaredWayUp: DriftRule<Fact, "undeclared-way-up"> = {
  declaration: UNDECLARED_WAY_UP,
  judge({ principal, alike, ways }) {
    const shown = ways
      .slice(0, MOST_SHOWN)
      .map(({ through, method, title }) => `through ${through}, by ${method} (${title})`);
    const more = ways.length > MOST_SHOWN ? ` and ${ways.length - MOST_SHOWN} more` : "";
    const others = alike.length > 1 ? `, and ${counted(alike.length - 1, "user")} alike,` : "";
    const isCertain = ways.some((way) => way.isCertain);
    return {
      severity: isCertain ? "critical" : "high",
      message: `${capitalized(principalText(principal))}${others} ${isCertain ? "comes" : "may come"} to administrator rights by what no stack of its environment declares: ${shown.join("; ")}${more}.`,
      evidence: ways.map(({ through, method }) => `${through}: ${method}`),
    };
  },
  remedy: ({ ways }, _isRepaired, wording) =>
    `Name the roles that may be passed, and the functions that may be changed, in ${environmentFile(wording)}, or take the rights from ${ways[0]?.through ?? "the role"}.`,
};
