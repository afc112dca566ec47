import { defineRule } from "../../findings/rule";
import { weightOf, worse } from "../../review/weight";
import { runAws } from "../commands";
import { environmentFile } from "../drift-finding";
import type { DriftRule } from "../drift-rule";
import { allowsOf } from "../policy-grants";
import { rightsText } from "../rights-text";
import type { UndeclaredFactOf } from "../undeclared-fact";

export const UNDECLARED_GROUP = defineRule({
  id: "undeclared-group",
  area: "drift",
  title: "The account has a group that no environment declares",
  severities: ["critical", "high", "medium"],
  why: "Whoever is put into it has what it gives, and no review sees either. It is as grave as what it allows.",
  example: {
    before: "aws iam create-group --group-name admins",
    after: "every group of the account is declared",
  },
  remedy: "Delete it after its members and policies are gone, or declare it and import it.",
  since: "0.1.0",
});

type Fact = UndeclaredFactOf<"undeclared-group">;

export const undeclaredGroup: DriftRule<Fact, "undeclared-group"> = {
  declaration: UNDECLARED_GROUP,
  judge: ({ group: { name, policies } }) => ({
    severity: worse(weightOf(allowsOf(policies)).severity, "medium"),
    message: `Group ${name} is declared nowhere; ${rightsText(policies)}.`,
  }),
  remedy: ({ group: { name } }, _isRepaired, wording) =>
    `${runAws("delete-group", ["group-name", name])}, after its members and policies are gone; or declare it in ${environmentFile(wording)} and import it: import { to = aws_iam_group.<id> id = ${JSON.stringify(name)} }.`,
  trail: ({ group }) => ({ resourceName: group.name, events: ["CreateGroup", "UpdateGroup"] }),
};
