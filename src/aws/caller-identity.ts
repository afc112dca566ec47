import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";

export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/**
 * Whose credentials these are. No policy can deny the question.
 *
 * @throws the SDK's error where there are no credentials, or they are not valid
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerIdentity(client: STSClient): Promise<CallerIdentity> {
  const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
  if (Account === undefined || Arn === undefined) {
    throw new Error("GetCallerIdentity: an answer without account or ARN");
  }
  return { accountId: Account, arn: Arn };
}
