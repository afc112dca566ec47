import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";
import { DETECTION } from "../resources/resource-types";

export const PROTECTION_REMOVED = defineRule({
  id: "protection-removed",
  area: "review",
  title: "Something that protects data or watches the account is removed",
  severities: ["high"],
  why: "Without the block a bucket can be made public, without versions a state cannot be brought back, and without a trail nobody sees who did what.",
  example: { before: "aws_s3_bucket_public_access_block.state", after: "the block is gone" },
  remedy: "Keep it, or say in the pull request what takes its place.",
  since: "0.1.0",
});

const OF_BUCKETS =
  /^aws_s3_bucket_(?:public_access_block|policy|versioning|server_side_encryption_configuration)$/;

export function protectionRemoved({ type, address }: RawResource): readonly Draft[] {
  if (!DETECTION.test(type) && !OF_BUCKETS.test(type)) return [];
  return [
    {
      rule: PROTECTION_REMOVED,
      severity: "high",
      category: "guard-rails",
      address,
      subjects: [],
      predicate: `${address} is removed`,
    },
  ];
}
