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

/** An answer that is none of IAM's: a proxy's, a portal's, or cut off. Nothing may be concluded from it. */
export class UnreadableAnswerError extends Error {
  override readonly name = "UnreadableAnswerError";
}

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
        for (const { UserName: userName, Path: path, UserId: userId } of listIn(page.Users, "ListUsers")) {
          if (userName === undefined || path === undefined)
            throw foreign("ListUsers", "a user without name or path");
          yield { userName, path, ...(userId !== undefined && { userId }) };
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
          const call = `ListAccessKeys of user ${userName}`;
          const listed = listIn(page.AccessKeyMetadata, call);
          for (const { UserName, AccessKeyId, Status, CreateDate } of listed) {
            if (AccessKeyId === undefined || Status === undefined || CreateDate === undefined)
              throw foreign(call, "a key without id, status or creation date");
            if (UserName !== undefined && UserName.toLowerCase() !== userName.toLowerCase())
              throw foreign(call, `a key of user ${UserName}`);
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
        // a key that was never used has this part, too, with "N/A" for region and service
        if (answer.AccessKeyLastUsed === undefined) throw foreign("GetAccessKeyLastUsed", "nothing of a key");
        return answer.AccessKeyLastUsed.LastUsedDate ?? "never";
      }),

    listTags: (userName) =>
      orGone(async () => {
        const tags: Record<string, string> = {};
        for (let marker: string | undefined; ; ) {
          const page = await client.send(
            new ListUserTagsCommand({ UserName: userName, Marker: marker }),
            options,
          );
          for (const { Key, Value } of listIn(page.Tags, `ListUserTags of user ${userName}`)) {
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

interface ListPage {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/**
 * The items of a page. IAM sends the list even when it is empty: an answer without it is somebody else's (a proxy's, a
 * portal's) or cut off, and no empty list.
 */
function listIn<Item>(items: readonly Item[] | undefined, call: string): readonly Item[] {
  if (items === undefined) throw foreign(call, "no list");
  return items;
}

function foreign(call: string, got: string): UnreadableAnswerError {
  return new UnreadableAnswerError(`${call}: the answer could not be read, it holds ${got}`);
}

/** Marker of the page after this one; undefined after the last. */
function nextMarker(page: ListPage, call: string): string | undefined {
  if (page.IsTruncated !== true) return undefined;
  if (page.Marker === undefined) throw new Error(`${call}: IAM said that more follows, and not where`);
  return page.Marker;
}
