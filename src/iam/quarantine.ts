/** The first of AWS's quarantine policies; later ones end in V2, V3 and so on. */
export const QUARANTINE_POLICY = "AWSCompromisedKeyQuarantine";

const QUARANTINE_ARN = /^arn:aws[a-z-]*:iam::aws:policy\/(AWSCompromisedKeyQuarantine(?:V\d+)?)$/;

/**
 * The name of the quarantine policy that an ARN is of, or nothing. AWS attaches it to a user whose access key it found
 * where others can read it. It denies some hundred actions, `iam:UpdateAccessKey` among them, so that the owner himself
 * can no longer end the key; it does not deny `sts:AssumeRole`.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
 */
export function quarantinePolicy(arn: string): string | undefined {
  return QUARANTINE_ARN.exec(arn)?.[1];
}
