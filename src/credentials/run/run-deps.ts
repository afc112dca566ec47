import type { KeyOwner } from "../access-key";
import type { ResolvedKeyRules } from "../resolved-key-rules";
import type { IamCredentials } from "./iam-credentials";

/** Users at a time. IAM throttles by account and call, and its limits are not published: more would only wait longer. */
export const CONCURRENT_USERS = 2;
/** With less than this left, no new work begins: what is under way gets to end, and the report is written. */
export const RESERVED_MS = 20_000;

export interface RunSettings {
  readonly environment: string;
  readonly rules: ResolvedKeyRules;
  /** Judge and report, change nothing. */
  readonly dryRun: boolean;
}

export interface RunDeps {
  readonly iam: IamCredentials;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Ends the sessions of users whose keys were deactivated. Absent: they live until they expire. */
  readonly endSessions?: (users: readonly KeyOwner[]) => Promise<void>;
  /** Milliseconds until the run is ended from outside. */
  readonly remainingMs: () => number;
  /** Resolves when the run must end at once, whatever is under way; it is reported as it then stands. */
  readonly cutOff: Promise<void>;
  /** One line per user and step; must not throw. */
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly runId: string;
}
