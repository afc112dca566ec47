import type { PolicyDocument } from "../iam/policy-document";
import { readSessionCutoff } from "../policies/session-cutoff-policy";

/**
 * Whether a policy is the one by which sessions are ended, before and now. The response to a leaked key writes its versions
 * and Terraform leaves them; a document of exactly that shape denies sessions begun before a moment and nothing else.
 * Whatever else stands in it is a change as any other.
 */
export function isCutoffWritten(declared: PolicyDocument, actual: PolicyDocument): boolean {
  return readSessionCutoff(declared) !== undefined && readSessionCutoff(actual) !== undefined;
}
