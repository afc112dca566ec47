import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { LostDeny } from "./lost-deny";

export const DENY_REMOVED = defineRule({
  id: "deny-removed",
  area: "review",
  title: "A Deny is gone",
  severities: ["critical", "high", "medium"],
  why: "A Deny beats every Allow, of today and of tomorrow. Without it, whatever else allows the action counts. It weighs more where something that is allowed now was held back by it, and as much as the role in a trust policy.",
  example: {
    before: '{ "Effect": "Deny", "Action": "iam:*", "Resource": "*" }',
    after: "the statement is gone",
  },
  remedy: "Put the Deny back as it was.",
  reference: {
    title: "Policy evaluation logic: an explicit deny",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html",
  },
  since: "0.1.0",
});

export function denyRemoved({ difference, base, isDenied }: LostDeny): Draft {
  return {
    ...base,
    rule: DENY_REMOVED,
    severity: difference.isReachable ? "high" : "medium",
    category: "guard-rails",
    predicate: `is ${isDenied}`,
  };
}
