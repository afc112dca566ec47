import { high, type Judge, low, medium, note } from "./judgement";

/** The account of a key's ARN, where it says one. */
function accountOf(key: unknown): string | undefined {
  return /^arn:[^:]*:kms:[^:]*:(\d{12}):/.exec(String(key))?.[1];
}

/**
 * Services write into a queue, a topic or a log only where the key's policy lets them: AWS's own keys (`alias/aws/sqs`)
 * and those of other accounts do not.
 *
 * @param ofServices services write there with their own rights; a trail encrypts by a grant that its making proves
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export const encryptionKey =
  (gone: string, ofServices = true): Judge =>
  (before, after, { what, accounts }) => {
    if (after === undefined || after === null) return medium(`${what} ${gone}`);
    const key = String(after);
    const account = accountOf(after);
    if (account !== undefined && accounts.size > 0 && !accounts.has(account))
      return high(`${what} is encrypted by a key of account ${account}`);
    if (ofServices && key.includes("alias/aws/"))
      return medium(
        `${what} is encrypted by ${key}, a key that AWS services may not use: they cannot write into it`,
      );
    if (before !== undefined && before !== null) return medium(`${what} is encrypted by another key`);
    return ofServices
      ? low(
          `${what} is encrypted by ${key}: services write into it only where the policy of the key lets them`,
        )
      : note(`${what} is encrypted by a key`);
  };
