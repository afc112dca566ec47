import { defineRule } from "../../findings/rule";
import { runAws } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { UndeclaredFactOf } from "../undeclared-fact";

export const UNDECLARED_POLICY = defineRule({
  id: "undeclared-policy",
  area: "drift",
  title: "A managed policy below the baseline's path is declared nowhere",
  severities: ["low"],
  why: "By itself it gives nothing: where somebody carries it, that is told as policy-attached. It is left over, or made to be attached later.",
  example: {
    before: "aws iam create-policy --path /baseline/ --policy-name left-over ...",
    after: "every policy below the path is declared",
  },
  remedy: "Delete it where nobody uses it.",
  since: "0.1.0",
});

type Fact = UndeclaredFactOf<"undeclared-policy">;

export const undeclaredPolicy: DriftRule<Fact, "undeclared-policy"> = {
  declaration: UNDECLARED_POLICY,
  judge: ({ policy }) => ({
    severity: "low",
    message: `Policy ${policy.name} lies below the baseline's path and is declared nowhere.`,
  }),
  remedy: ({ policy }) =>
    `${runAws("delete-policy", ["policy-arn", policy.arn ?? ""])} where nobody uses it.`,
  trail: ({ policy }) => ({ resourceName: policy.arn ?? policy.name, events: ["CreatePolicy"] }),
};
