import { defineRule } from "../../findings/rule";
import { statementDiff } from "../../review/statement-diff";
import { atomsText, weightOf, worse } from "../../review/weight";
import { addressOf, type FactOf } from "../access-fact";
import { deployRemedy, runAws } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule, Judgement } from "../drift-rule";
import { allowsOf, statementsOf } from "../policy-grants";
import { capitalized, principalText } from "../words";

export const GROUP_JOINED = defineRule({
  id: "group-joined",
  area: "drift",
  title: "A user is in a group that nobody declares for it",
  severities: ["critical", "high", "medium", "low"],
  why: "The user has what the group gives. Terraform manages only the memberships that it made, so no plan shows it and no deployment undoes it.",
  example: {
    before: "aws iam add-user-to-group --user-name work --group-name admins",
    after: "the user is in the groups that its environment lists, and in no other",
  },
  remedy: "Take the user out of the group, or add the group to the user in its environment.",
  since: "0.1.0",
});

type Fact = FactOf<"group-joined">;

export const groupJoined: AccessRule<Fact, "group-joined"> = {
  declaration: GROUP_JOINED,
  judge,
  remedy({ address, user, group }, isRepaired, wording) {
    const keep = `if it is meant, add "${group.name}" to the groups of ${user.name} in ${environmentFile(wording)}`;
    return isRepaired
      ? deployRemedy(address, wording, keep)
      : `${runAws("remove-user-from-group", ["user-name", user.name], ["group-name", group.name])}; ${keep}.`;
  },
  trail: ({ user }) => ({ resourceName: user.name, events: ["AddUserToGroup"] }),
  undeployed: ({ user, group }) => `${addressOf(user)} is to leave ${addressOf(group)}`,
};

function judge({ user, group }: Fact): Judgement {
  const allows = allowsOf(group.policies);
  const { severity, isAdministrator } = weightOf(allows);
  const rights = isAdministrator
    ? ": administrator rights"
    : allows.length === 0
      ? ""
      : `: ${atomsText(allows)}`;
  return {
    severity: allows.length === 0 ? "low" : worse(severity, "medium"),
    message: `${capitalized(principalText(user))} was added to group ${group.name}, which is not declared, and has what the group gives${rights}.`,
    evidence: statementsOf(group.policies).flatMap((statement) => statementDiff(undefined, statement)),
  };
}
