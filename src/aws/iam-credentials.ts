import {
  GetAccessKeyLastUsedCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { AccessKey } from "../credentials/access-key";
import type { Gone, IamCredentials } from "../credentials/run/iam-credentials";
import { isNamed } from "./sdk-error";

export type { Gone, IamCredentials } from "../credentials/run/iam-credentials";

/**
 * IAM's answers as our types.
 *
 * Pages end when IAM says so: a page may hold fewer items than asked for, even none, and still not be the last.
 *
 * @param signal ends requests that are under way when the caller runs out of time
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html
 */
export function iamCredentials(client: IAMClient, signal?: AbortSignal): IamCredentials {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async *listUsers(pathPrefix) {
      for (let marker: string | undefined; ; ) {
        // 1,000 is the most that IAM takes; its default of 100 would cost ten times the calls.
        const page = await client.send(
          new ListUsersCommand({ PathPrefix: pathPrefix, MaxItems: 1000, Marker: marker }),
          options,
        );
        for (const { UserName: userName, Path: path } of page.Users ?? []) {
          if (userName !== undefined && path !== undefined) yield { userName, path };
        }
        marker = nextMarker(page, "ListUsers");
        if (marker === undefined) return;
      }
    },

    listAccessKeys: (userName) =>
      orGone(async () => {
        const keys: AccessKey[] = [];
        for (let marker: string | undefined; ; ) {
          const page = await client.send(
            new ListAccessKeysCommand({ UserName: userName, Marker: marker }),
            options,
          );
          for (const { AccessKeyId, Status, CreateDate } of page.AccessKeyMetadata ?? []) {
            if (AccessKeyId === undefined || Status === undefined || CreateDate === undefined) {
              throw new Error(
                `ListAccessKeys of user ${userName}: an answer without id, status or creation date`,
              );
            }
            keys.push({ accessKeyId: AccessKeyId, status: Status, createDate: CreateDate });
          }
          marker = nextMarker(page, "ListAccessKeys");
          if (marker === undefined) return keys;
        }
      }),

    lastUsed: (accessKeyId) =>
      orGone(async () => {
        const answer = await client.send(
          new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }),
          options,
        );
        return answer.AccessKeyLastUsed?.LastUsedDate ?? "never";
      }),

    listTags: (userName) =>
      orGone(async () => {
        const tags: Record<string, string> = {};
        for (let marker: string | undefined; ; ) {
          const page = await client.send(
            new ListUserTagsCommand({ UserName: userName, Marker: marker }),
            options,
          );
          for (const { Key, Value } of page.Tags ?? []) {
            if (Key !== undefined) tags[Key] = Value ?? "";
          }
          marker = nextMarker(page, "ListUserTags");
          if (marker === undefined) return tags;
        }
      }),

    deactivate: (userName, accessKeyId) =>
      orGone(async () => {
        // The permission to do this also allows `Active` (Status has no condition key): the word stands here alone.
        await client.send(
          new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId, Status: "Inactive" }),
          options,
        );
        return "done" as const;
      }),
  };
}

async function orGone<Answer>(ask: () => Promise<Answer>): Promise<Answer | Gone> {
  try {
    return await ask();
  } catch (error) {
    if (isNamed(error, "NoSuchEntity", "NoSuchEntityException")) return "gone";
    throw error;
  }
}

/** Marker of the page after this one; undefined after the last. */
function nextMarker(
  page: { readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined },
  call: string,
): string | undefined {
  if (page.IsTruncated !== true) return undefined;
  if (page.Marker === undefined) throw new Error(`${call}: IAM said that more follows, and not where`);
  return page.Marker;
}
