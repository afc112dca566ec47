import { GetAccountSummaryCommand, type IAMClient } from "@aws-sdk/client-iam";

/**
 * What an account has of IAM's things, and its quotas: `Users`, `UsersQuota`, `AssumeRolePolicySizeQuota`, ...
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
 */
export async function accountSummary(client: IAMClient): Promise<Readonly<Record<string, number>>> {
  const { SummaryMap } = await client.send(new GetAccountSummaryCommand({}));
  if (SummaryMap === undefined) throw new Error("GetAccountSummary: an answer without a summary");
  return SummaryMap as Readonly<Record<string, number>>;
}
