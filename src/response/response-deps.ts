import type { AccessKey } from "../credentials/access-key";
import type { Cutoff } from "../policies/cutoff";

/** What ending a user's keys asks of IAM. `gone`: there is no such user or key. */
export interface ResponseKeys {
  listAccessKeys(userName: string): Promise<readonly AccessKey[] | "gone">;
  deactivate(userName: string, accessKeyId: string): Promise<"done" | "gone">;
  /** Unique id of a user. */
  userId(userName: string): Promise<string | "gone">;
  /** Whose an access key is. */
  userOfKey(accessKeyId: string): Promise<string | "gone">;
}

/** What the policy of cut sessions holds. */
export interface CutoffState {
  readonly cutoffs: readonly Cutoff[];
  /** It is not of the shape that the response writes: somebody else did. */
  readonly isForeign: boolean;
}

/** The one policy that denies sessions. */
export interface CutoffStore {
  read(): Promise<CutoffState>;
  /** Writes what `edit` makes of what is there; what others write meanwhile is kept. */
  change(edit: (cutoffs: readonly Cutoff[]) => readonly Cutoff[]): Promise<CutoffState>;
}

export interface ResponseDeps {
  readonly keys: ResponseKeys;
  /** Absent: the environment has no policy of cut sessions. */
  readonly sessions: CutoffStore | undefined;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Until the response has to be told. */
  readonly remainingMs: () => number;
  /** Called before everything that is done. */
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}
