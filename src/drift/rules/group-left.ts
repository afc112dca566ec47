import { defineRule } from "../../findings/rule";
import { statementDiff } from "../../review/statement-diff";
import { addressOf, type FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule, Judgement } from "../drift-rule";
import { allowsText, deniesOf, statementsOf } from "../policy-grants";
import { capitalized, principalText } from "../words";

export const GROUP_LEFT = defineRule({
  id: "group-left",
  area: "drift",
  title: "A user was taken out of a group that is declared for it",
  severities: ["high", "medium"],
  why: "The guard belongs to the group: who leaves it is no longer held by MFA and networks, while roles that trust the user still do. Where the group denies nothing, the user only lost rights.",
  example: {
    before: "aws iam remove-user-from-group --user-name home --group-name developers",
    after: "the user is in its guarded group again",
  },
  remedy: "Deploy the stack, which puts the user back.",
  since: "0.1.0",
});

type Fact = FactOf<"group-left">;

export const groupLeft: AccessRule<Fact, "group-left"> = {
  declaration: GROUP_LEFT,
  judge,
  remedy({ address, user, group }, isRepaired, wording) {
    const keep = `if it is meant, take "${group.name}" out of the groups of ${user.name} in ${environmentFile(wording)}`;
    return isRepaired ? deployRemedy(address, wording, keep) : lookAgainRemedy(address, wording, keep);
  },
  trail: ({ user }) => ({ resourceName: user.name, events: ["RemoveUserFromGroup"] }),
  undeployed: ({ user, group }) => `${addressOf(user)} is to join ${addressOf(group)}`,
};

function judge({ user, group }: Fact): Judgement {
  const leaver = capitalized(principalText(user));
  const evidence = statementsOf(group.policies).flatMap((statement) => statementDiff(statement, undefined));
  return deniesOf(group.policies).length > 0
    ? {
        severity: "high",
        evidence,
        message: `${leaver} was taken out of group ${group.name}: the guard of the group no longer holds it (${group.policies.map(({ name }) => name).join(", ")}), and roles that trust it still do.`,
      }
    : {
        severity: "medium",
        evidence,
        message: `${leaver} was taken out of group ${group.name} and lost ${allowsText(group.policies)}.`,
      };
}
