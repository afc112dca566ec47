import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";

export const EXCLUSIVE_ATTACHMENT = defineRule({
  id: "exclusive-attachment",
  area: "review",
  title: "An attachment takes its policy away from everybody whom it does not name",
  severities: ["medium"],
  why: "aws_iam_policy_attachment owns all attachments of its policy in the account: principals that other stacks or people attached it to lose it with the next apply, guards among them.",
  example: {
    before: 'aws_iam_group_policy_attachment: { group: "devs", policy_arn: "..." }',
    after: 'aws_iam_policy_attachment: { groups: ["devs"], policy_arn: "..." }',
  },
  remedy: "Use aws_iam_role_policy_attachment or its siblings, which touch one principal.",
  since: "0.1.0",
});

export function exclusiveAttachment({ type, address }: RawResource): readonly Draft[] {
  if (type !== "aws_iam_policy_attachment") return [];
  return [
    {
      rule: EXCLUSIVE_ATTACHMENT,
      severity: "medium",
      category: "identities",
      address,
      subjects: [],
      predicate: `${address} takes its policy away from everybody in the account whom it does not name`,
    },
  ];
}
