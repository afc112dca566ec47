import { defineRule } from "../../../findings/rule";
import { lostQuarantine } from "../../../iam/lost-quarantine";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import type { ResourceChange } from "../by-nature/resource-change";

export const QUARANTINE_REMOVED = defineRule({
  id: "quarantine-removed",
  area: "review",
  title: "The apply takes a quarantine of AWS's away from a user",
  severities: ["critical"],
  why: "AWS found an access key of the user where others read it, and denied what thieves do first. Users carry no policy of their own, so Terraform takes the quarantine off with the next apply, and whoever holds the key goes on.",
  example: {
    before:
      "aws_iam_user_policy_attachments_exclusive of user work holds AWSCompromisedKeyQuarantineV3, as AWS attached it",
    after: "its policy_arns is [], as the baseline declares it",
  },
  remedy:
    "Do not apply. End the key (`baseline respond USER`), look at what it did, delete it, and detach the policy by hand; then plan again.",
  reference: {
    title: "AWSCompromisedKeyQuarantineV3",
    url: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
  },
  since: "0.2.0",
});

/** An exclusive list, or an attachment, that no longer holds what AWS attached. */
export function quarantineRemoved({ type, address, before, after }: ResourceChange): readonly Draft[] {
  const lost = lostQuarantine(type, before?.attributes, after?.attributes);
  if (lost === undefined) return [];
  return [
    {
      rule: QUARANTINE_REMOVED,
      severity: "critical",
      category: "guard-rails",
      address,
      subjects: [`user/${lost.userName}`],
      predicate: `${address} takes ${lost.policy} away from user ${shownName(lost.userName)}, whose key AWS found in public`,
    },
  ];
}
