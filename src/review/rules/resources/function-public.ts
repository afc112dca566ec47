import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import { entryDiff } from "../by-nature/entry-diff";
import { aboutResource, type JudgingContext, type ResourceChange } from "../by-nature/resource-change";

export const FUNCTION_PUBLIC = defineRule({
  id: "function-public",
  area: "review",
  title: "Anybody on the internet may run a function",
  severities: ["critical"],
  why: "A function URL without authorization runs the function's code, with its role, for whoever finds the address.",
  example: { before: 'authorization_type = "AWS_IAM"', after: 'authorization_type = "NONE"' },
  remedy: "Use authorization_type AWS_IAM, or no URL.",
  reference: {
    title: "Control access to Lambda function URLs",
    url: "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  },
  since: "0.1.0",
});

export function functionPublic(change: ResourceChange, { ledger }: JudgingContext): readonly Draft[] {
  if (change.type !== "aws_lambda_function_url") return [];
  const entries = ledger
    .of(change.key)
    .filter(({ name, after }) => name === "authorization_type" && after === "NONE");
  if (entries.length === 0) return [];
  ledger.strike(entries);
  return [
    {
      ...aboutResource(change),
      rule: FUNCTION_PUBLIC,
      severity: "critical",
      category: "access",
      predicate: `anybody on the internet may run the function of ${change.address}`,
      evidence: entryDiff(entries),
    },
  ];
}
