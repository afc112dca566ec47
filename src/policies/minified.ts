import type { PolicyDocument } from "./policy-document";

/** The document as it is sent to IAM: no white space, keys in the order of IAM's own examples. */
export function minified(document: PolicyDocument): string {
  return JSON.stringify(document);
}

/**
 * Characters that count against IAM's quotas: all but white space for managed and inline policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export function countedCharacters(document: PolicyDocument): number {
  return minified(document).replace(/\s/g, "").length;
}
