import { defineRule } from "../../findings/rule";
import type { FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule } from "../drift-rule";
import { deniesOf } from "../policy-grants";

export const POLICY_DELETED = defineRule({
  id: "policy-deleted",
  area: "drift",
  title: "A managed policy that is declared was deleted",
  severities: ["critical", "medium"],
  why: "IAM deletes a policy only once nobody carries it: all its carriers lost it before. Where it denied something, a guard rail is gone, which is critical.",
  example: {
    before: "aws iam delete-policy --policy-arn .../baseline-guard",
    after: "the policy is there again, attached to the groups that are declared with it",
  },
  remedy: "Deploy the stack, which makes it again and attaches it.",
  since: "0.1.0",
});

type Fact = FactOf<"policy-deleted">;

export const policyDeleted: AccessRule<Fact, "policy-deleted"> = {
  declaration: POLICY_DELETED,
  judge({ policy, carriers = [] }) {
    const loss =
      carriers.length === 0 ? "nobody carries it any more" : `${carriers.join(", ")} lost it before`;
    return {
      severity: deniesOf([policy]).length > 0 ? "critical" : "medium",
      message: `Policy ${policy.name} is declared and was deleted; ${loss}.`,
    };
  },
  remedy: ({ address }, isRepaired, wording) =>
    isRepaired
      ? deployRemedy(address, wording)
      : lookAgainRemedy(address, wording, `or declare it in ${environmentFile(wording)}`),
  trail: ({ policy }) => ({ resourceName: policy.arn ?? policy.name, events: ["DeletePolicy"] }),
  undeployed: ({ policy }) => `policy ${policy.name} is to be created`,
};
