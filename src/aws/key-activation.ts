import { type IAMClient, TagUserCommand, UpdateAccessKeyCommand } from "@aws-sdk/client-iam";

/** What reactivating one access key asks of IAM: for a person or a workflow, never for the nightly function. */
export interface KeyActivation {
  /** Sets tags of a user; others stay. */
  tag(userName: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /** Sets the key to `Active`. Doing it again succeeds and changes nothing. */
  activate(userName: string, accessKeyId: string): Promise<void>;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export function keyActivation(client: IAMClient): KeyActivation {
  return {
    async tag(userName, tags) {
      const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await client.send(new TagUserCommand({ UserName: userName, Tags: list }));
    },
    async activate(userName, accessKeyId) {
      await client.send(
        new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId, Status: "Active" }),
      );
    },
  };
}
