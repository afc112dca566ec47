import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { LostDeny } from "./lost-deny";

export const DENY_WEAKENED = defineRule({
  id: "deny-weakened",
  area: "review",
  title: "A Deny denies less than it did",
  severities: ["critical", "high", "medium"],
  why: "What the Deny spares now is open to every Allow, of today and of tomorrow. It weighs more where something that is allowed now was held back by it, and as much as the role in a trust policy.",
  example: {
    before: '{ "Effect": "Deny", "NotAction": "s3:*", "Resource": "*" }',
    after: '{ "Effect": "Deny", "NotAction": ["s3:*", "iam:*"], "Resource": "*" }',
  },
  remedy: "Put the Deny back as it was.",
  reference: {
    title: "Policy evaluation logic: an explicit deny",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html",
  },
  since: "0.1.0",
});

export function denyWeakened({ difference, base, isDenied }: LostDeny): Draft {
  return {
    ...base,
    rule: DENY_WEAKENED,
    severity: difference.isReachable ? "high" : "medium",
    category: "guard-rails",
    predicate: `is ${isDenied}`,
  };
}
