import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";

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

export function functionPublic({ type, attributes, address }: RawResource): readonly Draft[] {
  if (type !== "aws_lambda_function_url" || attributes["authorization_type"] !== "NONE") return [];
  return [
    {
      rule: FUNCTION_PUBLIC,
      severity: "critical",
      category: "access",
      address,
      subjects: [],
      predicate: `anybody on the internet may run the function of ${address}`,
    },
  ];
}
