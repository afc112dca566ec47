import { defineRule } from "../../findings/rule";
import { holdsAdministratorRights } from "../../review/rules/trust/trust-settings";
import type { FactOf } from "../access-fact";
import { deployRemedy, runAws } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule } from "../drift-rule";
import { principalText } from "../words";

export const INSTANCE_PROFILE_ADDED = defineRule({
  id: "instance-profile-added",
  area: "drift",
  title: "An instance profile that nobody declares hands a role to EC2 instances",
  severities: ["critical", "high"],
  why: "Every instance with the profile, and everybody on it, has the rights of the role. It is critical for a role with administrator rights.",
  example: {
    before: "aws iam add-role-to-instance-profile --instance-profile-name debug --role-name admin",
    after: "the role is in the instance profiles that are declared for it",
  },
  remedy: "Take the role out of the instance profile, or declare it.",
  since: "0.1.0",
});

type Fact = FactOf<"instance-profile-added">;

export const instanceProfileAdded: AccessRule<Fact, "instance-profile-added"> = {
  declaration: INSTANCE_PROFILE_ADDED,
  judge: ({ role, profile, inPlaceOf }) => ({
    severity: holdsAdministratorRights(role) ? "critical" : "high",
    message: `EC2 instances with instance profile ${profile} get the rights of ${principalText(role)}, ${inPlaceOf === undefined ? "which is not declared" : `declared are those of ${principalText(inPlaceOf)}`}.`,
  }),
  remedy: ({ address, role, profile }, isRepaired, wording) =>
    isRepaired
      ? deployRemedy(address, wording)
      : `${runAws("remove-role-from-instance-profile", ["instance-profile-name", profile], ["role-name", role.name])}; or declare it in ${environmentFile(wording)}.`,
  trail: ({ role }) => ({ resourceName: role.name, events: ["AddRoleToInstanceProfile"] }),
  undeployed: ({ profile }) => `its instance profile ${profile} is to go`,
};
