import { defineRule } from "../../../findings/rule";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import type { PlannedAction } from "../../reviewed-environment";
import { aboutIdentity, type Identity, type IdentitySides } from "./identity-sides";

export const IDENTITY_REPLACED = defineRule({
  id: "identity-replaced",
  area: "review",
  title: "Terraform destroys an identity and makes it anew",
  severities: ["high", "medium"],
  why: "The new one has another id: trust policies keep naming the old one, a user's access keys and MFA devices go, and for a while the role, group or policy is not there.",
  example: {
    before: "aws_iam_user.home",
    after: "aws_iam_user.home_laptop, without a moved block",
  },
  remedy: "Add a moved block (moveFromId), keep name and path, or confirm the replacement.",
  reference: {
    title: "Terraform: moved block",
    url: "https://developer.hashicorp.com/terraform/language/block/moved",
  },
  since: "0.1.0",
});

/** Another address without a moved block. */
export function identityReplaced(
  { before, after }: Pair<Identity>,
  { addresses }: IdentitySides,
): readonly Draft[] {
  if (before === undefined || after === undefined) return [];
  const expected = addresses.get(before.address) ?? before.address;
  if (before.address === "" || after.address === "" || expected === after.address) return [];
  const isUser = after.kind === "user";
  return [
    {
      ...aboutIdentity(after),
      rule: IDENTITY_REPLACED,
      severity: isUser ? "high" : "medium",
      category: "identities",
      predicate: `moves from ${before.address} to ${after.address} without a moved block: Terraform destroys it${isUser ? ", its keys and its MFA devices," : ""} and makes it anew`,
      remedy: "Add a moved block (moveFromId).",
    },
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  aws_iam_user: "user",
  aws_iam_role: "role",
  aws_iam_group: "group",
  aws_iam_policy: "policy",
  aws_iam_user_group_membership: "membership",
  aws_iam_group_membership: "membership",
  aws_iam_group_policy_attachment: "attachment",
  aws_iam_openid_connect_provider: "identity provider",
};

/** What a plan destroys and makes anew. */
export function plannedReplacement(actions: readonly PlannedAction[]): readonly Draft[] {
  return actions.flatMap(({ address, type, actions: steps }): Draft[] => {
    const kind = KINDS[type];
    if (kind === undefined || !steps.includes("delete") || !steps.includes("create")) return [];
    const isUser = type === "aws_iam_user";
    return [
      {
        rule: IDENTITY_REPLACED,
        severity: isUser ? "high" : "medium",
        category: "identities",
        address,
        subjects: [],
        predicate: `${kind} ${address} is destroyed and made anew: ${isUser ? "its access keys and MFA devices go" : "for a while it is not there"}, and trust policies keep naming the old id`,
        remedy: "Avoid the replacement (name, path, description), or confirm it.",
      },
    ];
  });
}
