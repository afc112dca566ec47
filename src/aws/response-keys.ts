import { GetAccessKeyLastUsedCommand, GetUserCommand, type IAMClient } from "@aws-sdk/client-iam";
import type { ResponseKeys } from "../response/response-deps";
import { iamCredentials, UnreadableAnswerError } from "./iam-credentials";
import { isNamed } from "./sdk-error";

/** What a response asks of IAM about keys and their users. */
export function responseKeys(client: IAMClient): ResponseKeys {
  const { listAccessKeys, deactivate } = iamCredentials(client);
  return {
    listAccessKeys,
    deactivate,
    userId: (userName) =>
      orGone(async () => {
        const { User } = await client.send(new GetUserCommand({ UserName: userName }));
        if (User?.UserId === undefined) throw new UnreadableAnswerError("GetUser: a user without an id");
        return User.UserId;
      }),
    userOfKey: (accessKeyId) =>
      orGone(async () => {
        const { UserName } = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }));
        return UserName ?? "gone";
      }),
  };
}

/** IAM says of a key that it does not know that it may not be asked for, too. */
async function orGone(ask: () => Promise<string>): Promise<string> {
  try {
    return await ask();
  } catch (error) {
    if (isNamed(error, "NoSuchEntity", "NoSuchEntityException")) return "gone";
    throw error;
  }
}
