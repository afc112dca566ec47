import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import { guardWords } from "./guard-statement";
import type { LostDeny } from "./lost-deny";

export const GUARD_REMOVED = defineRule({
  id: "guard-removed",
  area: "review",
  title: "A guard no longer holds for somebody",
  severities: ["critical"],
  why: "The guard denies everything from outside the allowed networks and everything without MFA. Without it a stolen long-term access key works from anywhere, with all that its user may do.",
  example: {
    before: 'aws_iam_group_policy_attachment: { group: "developers", policy_arn: ".../guard" }',
    after: "the attachment is gone",
  },
  remedy: "Restore the guard: it is what keeps long-term keys without MFA, and other networks, out.",
  reference: {
    title: "AWS: denies access to AWS based on the source IP",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html",
  },
  since: "0.1.0",
});

export function guardRemoved({ difference, base, isDenied }: LostDeny): Draft {
  return {
    ...base,
    rule: GUARD_REMOVED,
    severity: "critical",
    category: "guard-rails",
    predicate: `${guardWords(difference.grant.clauses, "no longer")}${isDenied}`,
  };
}
