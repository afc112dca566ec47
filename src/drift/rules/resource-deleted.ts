import { defineRule } from "../../findings/rule";
import type { DriftRule } from "../drift-rule";
import type { StackResourceFact } from "../plan/resource-fact";
import { resourceEvidence, resourceRemedy } from "./resource-changed";

export const RESOURCE_DELETED = defineRule({
  id: "resource-deleted",
  area: "drift",
  title: "A resource that is declared was deleted outside of Terraform",
  severities: ["high"],
  why: "What it did is not done any more: keys are not ended, nobody is told, or the state is not protected.",
  example: {
    before: "aws lambda delete-function --function-name deactivate-access-keys",
    after: "the function is there again",
  },
  remedy: "Deploy the stack, which makes it again.",
  since: "0.1.0",
});

export const resourceDeleted: DriftRule<StackResourceFact, "resource-deleted"> = {
  declaration: RESOURCE_DELETED,
  judge({ address, stack, attributes, parts = [] }) {
    const along = parts.length === 0 ? "" : `, and with it ${parts.join(", ")}`;
    return {
      severity: "high",
      message: `${address} is declared and was deleted outside of Terraform${along}.`,
      evidence: resourceEvidence(stack, address, attributes),
    };
  },
  remedy: ({ stack }, isRepaired) => resourceRemedy(stack, isRepaired),
};
