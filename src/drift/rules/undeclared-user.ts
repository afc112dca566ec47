import { defineRule } from "../../findings/rule";
import { holdsAdministratorRights } from "../../review/rules/trust/trust-settings";
import { awsCommand } from "../commands";
import { environmentFile } from "../drift-finding";
import type { DriftRule } from "../drift-rule";
import { rightsText } from "../rights-text";
import type { UndeclaredFactOf } from "../undeclared-fact";
import { isHolder, isWayUp, wayUpText } from "../ways-up";
import { counted } from "../words";

export const UNDECLARED_USER = defineRule({
  id: "undeclared-user",
  area: "drift",
  title: "The account has a user that no environment declares",
  severities: ["critical", "high"],
  why: "A user made by hand is in no guarded group, has keys that no rule ends, and is the usual way to come back later. It is critical with administrator rights, or a way to them. Its policies, groups and credentials are findings of their own.",
  example: {
    before: "aws iam create-user --user-name backup",
    after: "every user of the account is declared",
  },
  remedy: "Deactivate its keys and delete it, or declare it as a device and import it.",
  since: "0.1.0",
});

type Fact = UndeclaredFactOf<"undeclared-user">;

export const undeclaredUser: DriftRule<Fact, "undeclared-user"> = {
  declaration: UNDECLARED_USER,
  judge({ user, keys, wayUp }) {
    const withKeys = keys === 0 ? "" : ` with ${counted(keys, "access key")}`;
    const way = isHolder(wayUp) ? undefined : wayUpText(wayUp);
    const rights = [
      rightsText([user, ...user.groups].flatMap(({ policies }) => policies)),
      ...(way === undefined ? [] : [way]),
    ];
    return {
      severity: isWayUp(wayUp) || holdsAdministratorRights(user) ? "critical" : "high",
      message: `User ${user.name} (path ${user.path})${withKeys} is declared nowhere; ${rights.join("; ")}.`,
    };
  },
  remedy({ user: { name } }, _isRepaired, wording) {
    const quoted = JSON.stringify(name);
    return `Deactivate its keys and delete it (${awsCommand("delete-user", ["user-name", name])}); if it belongs to somebody, add ${quoted}: { owner: "..." } to devices in ${environmentFile(wording)} and import it: import { to = aws_iam_user.<id> id = ${quoted} }.`;
  },
  trail: ({ user }) => ({ resourceName: user.name, events: ["CreateUser", "UpdateUser"] }),
};
