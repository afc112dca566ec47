import { defineRule } from "../../../findings/rule";
import type { Severity } from "../../../findings/severity";
import type { Draft } from "../../review-finding";
import type { ResourceGain } from "./resource-gain";

export const RESOURCE_POLICY_WIDENED = defineRule({
  id: "resource-policy-widened",
  area: "review",
  title: "A resource's policy lets somebody do more",
  severities: ["high"],
  why: "The policy of a bucket, queue, topic or key lets principals in beside what their own policies give them, of other accounts, too.",
  example: {
    before: '"Action": "s3:GetObject"',
    after: '"Action": ["s3:GetObject", "s3:PutObject"]',
  },
  remedy: "Name the principals and the conditions that are needed.",
  reference: {
    title: "Identity-based policies and resource-based policies",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
  },
  since: "0.1.0",
});

export function resourcePolicyWidened({ base }: ResourceGain, severity: Severity): Draft {
  return { ...base, rule: RESOURCE_POLICY_WIDENED, severity, category: "access" };
}
