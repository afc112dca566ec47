import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { ResourceGain } from "./resource-gain";

export const RESOURCE_PUBLIC = defineRule({
  id: "resource-public",
  area: "review",
  title: "A resource's policy lets anybody in",
  severities: ["critical"],
  why: "Anybody with any AWS account, or none, may do what the statement allows: read a bucket, write to a queue, use a key. Conditions that everybody can meet name nobody.",
  example: {
    before: '"Principal": { "AWS": "arn:aws:iam::111122223333:root" }',
    after: '"Principal": "*"',
  },
  remedy: "Name the principals and the conditions that are needed.",
  reference: {
    title: "The meaning of public",
    url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
  },
  since: "0.1.0",
});

export function resourcePublic({ base }: ResourceGain): Draft {
  return { ...base, rule: RESOURCE_PUBLIC, severity: "critical", category: "access" };
}
