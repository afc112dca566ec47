import { defineRefusal } from "../findings/refusal";

export { describeError } from "../findings/describe-error";

export const AWS_CALL_FAILED = defineRefusal({
  code: "aws-call-failed",
  title: "AWS refused a call, or did not answer",
  why: "What could not be asked is not known: nothing is told as clean, and what was done before stands in the messages above.",
  example: "error[aws-call-failed]: AccessDenied: not authorized to perform: iam:ListAccessKeys",
  remedy:
    "Read AWS's words in the message. `AccessDenied` means that these credentials lack the permission that it names.",
  since: "0.1.0",
});

/** True when the SDK threw an error of one of these names. IAM's codes and the SDK's class names differ: give both. */
export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
