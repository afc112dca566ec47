/** Prefixes of IAM's unique ids that tell about a key, user or role. */
const UNIQUE_ID = /\b(AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{12,}\b/g;

/**
 * `****ABCD`: an access key id as it may be printed. The whole id would name the account, because
 * `sts:GetAccessKeyInfo` answers it to anyone.
 */
export function maskAccessKeyId(accessKeyId: string): string {
  return `****${accessKeyId.slice(-4)}`;
}

/**
 * A text in which every access key, user and role id is masked: for log lines and messages of errors that others
 * wrote.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function redact(text: string): string {
  return text.replace(UNIQUE_ID, maskAccessKeyId);
}
