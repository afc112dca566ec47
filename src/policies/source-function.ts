import type { Statement } from "../iam/policy-document";

/**
 * Narrows what statements allow to calls of one function's own code, and of Lambda's for its log: credentials of the role
 * that somebody takes elsewhere allow nothing. What Lambda does outside of the function's environment (failed
 * invocations to their queue, decrypting variables) does not carry the key.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function onlyByFunction(functionArn: string, statements: readonly Statement[]): readonly Statement[] {
  return statements.map((statement) =>
    statement.Effect === "Deny"
      ? statement
      : {
          ...statement,
          Condition: {
            ...statement.Condition,
            ArnEquals: { ...statement.Condition?.["ArnEquals"], "lambda:SourceFunctionArn": functionArn },
          },
        },
  );
}
