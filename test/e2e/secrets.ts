const ACCESS_KEY_ID = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g;
/** 40 characters of base64, as secret access keys are; with upper case, lower case and digits, as no path or word has. */
const SECRET_LIKE = /(?<![A-Za-z0-9+/=_.-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])/g;
const NAMED = /"(?:[a-z_]*secret[a-z_]*|password|encrypted_[a-z_]+|ses_smtp_password_v4)"\s*:\s*"[^"]+"/gi;
const KEY_RESOURCES =
  /"(?:type|address)"\s*:\s*"aws_iam_(?:access_key|user_login_profile|virtual_mfa_device)\b/g;

/**
 * What in a state, plan or output looks like a secret: where, and its first four characters, never more.
 *
 * @param known values that must not occur, such as those of a key made by hand
 */
export function secretsIn(where: string, text: string, known: readonly string[] = []): readonly string[] {
  const found = [
    ...[...text.matchAll(ACCESS_KEY_ID)].map(([match]) => ["an access key id", match] as const),
    ...[...text.matchAll(SECRET_LIKE)]
      .filter(([match]) => /[A-Z]/.test(match) && /[a-z]/.test(match) && /\d/.test(match))
      .map(([match]) => ["what looks like a secret access key", match] as const),
    ...[...text.matchAll(NAMED)].map(([match]) => ["an attribute for secrets", match] as const),
    ...[...text.matchAll(KEY_RESOURCES)].map(([match]) => ["a resource that holds a secret", match] as const),
    ...known.filter((value) => text.includes(value)).map((value) => ["a key made by hand", value] as const),
  ];
  return found.map(([what, match]) => `${where}: ${what}, ${match.slice(0, 4)}...`);
}
