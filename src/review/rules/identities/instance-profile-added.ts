import { defineRule } from "../../../findings/rule";
import type { Role } from "../../../iam/graph";
import { shownName } from "../../principals/principal-names";
import type { Pair } from "../../principals/principal-pairs";
import { type Draft, listed } from "../../review-finding";
import { aboutIdentity, type IdentitySides } from "./identity-sides";

export const INSTANCE_PROFILE_ADDED = defineRule({
  id: "instance-profile-added",
  area: "review",
  title: "A role is in a further instance profile",
  severities: ["critical", "medium"],
  why: "Whoever reaches the metadata service of an instance with that profile has the role's credentials. For an administrator role it weighs critical.",
  example: { before: "no profile", after: 'aws_iam_instance_profile: { name: "web", role: "admin" }' },
  remedy: "Give instances a role of their own.",
  reference: {
    title: "Using instance profiles",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html",
  },
  since: "0.1.0",
});

export function instanceProfileAdded({ before, after }: Pair<Role>, sides: IdentitySides): readonly Draft[] {
  if (after === undefined || sides.isNew) return [];
  const added = after.instanceProfiles.filter((name) => before?.instanceProfiles.includes(name) !== true);
  if (added.length === 0) return [];
  return [
    {
      ...aboutIdentity(after),
      rule: INSTANCE_PROFILE_ADDED,
      severity: sides.isAdministrator(after) ? "critical" : "medium",
      category: "access",
      predicate: `is in instance profile ${listed(added.map(shownName))}: EC2 instances can carry it`,
    },
  ];
}
