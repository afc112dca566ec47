import { defineRule } from "../../../findings/rule";
import { plainText } from "../../ledger/values";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { aboutResource, type JudgingContext, type ResourceChange } from "../by-nature/resource-change";

export const EXCLUSIVE_ATTACHMENT = defineRule({
  id: "exclusive-attachment",
  area: "review",
  title: "A resource takes away what others attached, or whom others let join",
  severities: ["high", "medium"],
  why: "aws_iam_policy_attachment owns all attachments of its policy in the account, and a membership or an exclusive list all members or policies: what other stacks or people attached is taken away with the next apply, guards among them. Of a group, user or role of another stack it weighs high.",
  example: {
    before: 'aws_iam_group_policy_attachment: { group: "devs", policy_arn: "..." }',
    after: 'aws_iam_policy_attachment: { groups: ["devs"], policy_arn: "..." }',
  },
  remedy: "Use aws_iam_role_policy_attachment or its siblings, which touch one principal.",
  since: "0.1.0",
});

/** What a resource owns, by type: the attribute that names the principal, and the kind of it. */
const OWNED: Readonly<
  Record<string, readonly [attribute: string, kind: "users" | "groups" | "roles", what: string]>
> = {
  aws_iam_group_membership: ["group", "groups", "takes everybody out of"],
  aws_iam_user_policies_exclusive: ["user_name", "users", "takes inline policies away from"],
  aws_iam_group_policies_exclusive: ["group_name", "groups", "takes inline policies away from"],
  aws_iam_role_policies_exclusive: ["role_name", "roles", "takes inline policies away from"],
  aws_iam_user_policy_attachments_exclusive: ["user_name", "users", "takes managed policies away from"],
  aws_iam_group_policy_attachments_exclusive: ["group_name", "groups", "takes managed policies away from"],
  aws_iam_role_policy_attachments_exclusive: ["role_name", "roles", "takes managed policies away from"],
};

/** What owns all attachments or members of something that others made. */
export function exclusiveAttachment(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const { type, address, before, after } = change;
  const base = { ...aboutResource(change), rule: EXCLUSIVE_ATTACHMENT, category: "identities" } as const;
  if (type === "aws_iam_policy_attachment") {
    if (before !== undefined) return [];
    const words = "takes its policy away from everybody in the account whom it does not name";
    return [{ ...base, severity: "medium", predicate: `${address} ${words}` }];
  }
  const [attribute = "", kind, what = ""] = OWNED[type] ?? [];
  const name = plainText(String(after?.attributes[attribute] ?? ""));
  if (kind === undefined || name === "" || name === before?.attributes[attribute]) return [];
  // one that the same stack makes has nothing that others gave it
  if (context.after[kind].some((principal) => principal.name === name)) return [];
  const others = kind === "groups" ? "whom it does not name" : "that it does not name";
  return [
    {
      ...base,
      severity: "high",
      predicate: `${address} ${what} ${kind.slice(0, -1)} ${shownName(name)} ${others}, which another stack or a person made`,
    },
  ];
}
