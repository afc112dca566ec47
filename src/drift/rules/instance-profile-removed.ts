import { defineRule } from "../../findings/rule";
import type { FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule } from "../drift-rule";
import { principalText } from "../words";

export const INSTANCE_PROFILE_REMOVED = defineRule({
  id: "instance-profile-removed",
  area: "drift",
  title: "A role is no longer in the instance profile that is declared for it",
  severities: ["medium"],
  why: "Instances with the profile have lost the rights of the role, or have those of another one.",
  example: {
    before: "aws iam remove-role-from-instance-profile --instance-profile-name web --role-name web",
    after: "the profile holds the role again",
  },
  remedy: "Deploy the stack, which puts the role back.",
  since: "0.2.0",
});

type Fact = FactOf<"instance-profile-removed">;

export const instanceProfileRemoved: AccessRule<Fact, "instance-profile-removed"> = {
  declaration: INSTANCE_PROFILE_REMOVED,
  judge: ({ role, profile }) => ({
    severity: "medium",
    message: `EC2 instances with instance profile ${profile} no longer get the rights of ${principalText(role)}, which is declared.`,
  }),
  remedy: ({ address }, isRepaired, wording) =>
    isRepaired
      ? deployRemedy(address, wording)
      : lookAgainRemedy(address, wording, `or declare it in ${environmentFile(wording)}`),
  trail: ({ role, profile }) => ({
    resourceName: profile === "" ? role.name : profile,
    events: ["RemoveRoleFromInstanceProfile", "DeleteInstanceProfile"],
  }),
  undeployed: ({ profile }) => `its instance profile ${profile} is to be made`,
};
