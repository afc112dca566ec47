import type { AccessKey, KeyOwner } from "../access-key";

/** The user or key was deleted since it was listed: an outcome, not a failure. */
export type Gone = "gone";

/** What judging and deactivating access keys asks of IAM. */
export interface IamCredentials {
  /** Every user under a path (`/`: of the account), declared or not, page after page. */
  listUsers(pathPrefix: string): AsyncIterable<KeyOwner>;
  /** All keys of a user. */
  listAccessKeys(userName: string): Promise<readonly AccessKey[] | Gone>;
  lastUsed(accessKeyId: string): Promise<Date | "never" | Gone>;
  listTags(userName: string): Promise<Readonly<Record<string, string>> | Gone>;
  /** Sets the key to `Inactive`. Doing it again succeeds and changes nothing. */
  deactivate(userName: string, accessKeyId: string): Promise<"done" | Gone>;
}
