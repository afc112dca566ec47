import { defineRule } from "../../findings/rule";
import type { Severity } from "../../findings/severity";
import { resourceText } from "../attribute-text";
import type { DriftRule } from "../drift-rule";
import type { StackResourceFact } from "../plan/resource-fact";
import { resourceEvidence, resourceRemedy } from "./resource-changed";

export const RESOURCE_DELETED = defineRule({
  id: "resource-deleted",
  area: "drift",
  title: "A resource that is declared was deleted outside of Terraform",
  severities: ["high", "medium", "low"],
  why: "What it did is not done any more: keys are not ended, nobody is told, or the state is not protected. It is medium for logs and for the age of old versions, and low for the account's alias.",
  example: {
    before: "aws lambda delete-function --function-name deactivate-access-keys",
    after: "the function is there again",
  },
  remedy: "Deploy the stack, which makes it again.",
  since: "0.1.0",
});

const LESSER: Readonly<Record<string, Severity>> = {
  aws_cloudwatch_log_group: "medium",
  aws_s3_bucket_lifecycle_configuration: "medium",
  aws_iam_account_alias: "low",
};

export const resourceDeleted: DriftRule<StackResourceFact, "resource-deleted"> = {
  declaration: RESOURCE_DELETED,
  judge({ address, type, values, stack, attributes, parts = [] }) {
    const along = parts.length === 0 ? "" : `, and with it ${parts.join(", ")}`;
    return {
      severity: LESSER[type] ?? "high",
      message: `${resourceText(address, values)} is declared and was deleted outside of Terraform${along}.`,
      evidence: resourceEvidence(stack, address, attributes),
    };
  },
  remedy: ({ stack }, isRepaired) => resourceRemedy(stack, isRepaired),
};
