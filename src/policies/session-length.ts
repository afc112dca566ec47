/**
 * The longest that a session of IAM's lasts: 36 hours of an IAM user's `sts:GetSessionToken`; a role's are 12 at most.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export const SESSIONS_END_AFTER_MS = 36 * 3_600_000;

/**
 * So much later than the key was ended are sessions still denied: IAM takes some seconds until an inactive key is refused
 * everywhere, and a session begun in between would live for hours.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export const PROPAGATION_MS = 60_000;
