import type { QuarantineReader } from "../../aws/quarantine";
import { NoAnswerError } from "../../aws/request-limits";
import { describeError } from "../../aws/sdk-error";
import type { AccessKey, KeyOwner } from "../../credentials/access-key";
import { isExempt } from "../../credentials/coverage";
import { wholeDays } from "../../credentials/days";
import { decide, missingFacts } from "../../credentials/decide";
import type { Decision } from "../../credentials/decision";
import { keyRulesOf } from "../../credentials/environment-credentials";
import { type DecidedUser, keepLastKey } from "../../credentials/last-key";
import type { ResolvedKeyRules } from "../../credentials/resolved-key-rules";
import { forEachBounded } from "../../credentials/run/bounded";
import type { IamCredentials } from "../../credentials/run/iam-credentials";
import { CONCURRENT_USERS } from "../../credentials/run/run-deps";
import { declaredUsers } from "../../environment/account-names";
import type { Environment } from "../../environment/environment";
import { iamPaths } from "../../environment/iam-paths";
import { nextRun } from "../../environment/next-run";
import { maskAccessKeyId } from "../../findings/mask";
import { type Cutoff, isInForce } from "../../policies/cutoff";
import type { CutoffStore } from "../../response/response-deps";

/** Questions in a row without an answer after which nobody is asked any more. */
const MOST_SILENT = 4;

/** One access key as it stands, and what the next run would do to it. */
export interface ListedKey {
  readonly userName: string;
  /** `undeclared` under a path of the environment. */
  readonly kind: "device" | "ci" | "break-glass" | "undeclared";
  /** `****ABCD` */
  readonly key: string;
  readonly status: AccessKey["status"];
  /** Whole days, UTC. */
  readonly ageDays: number;
  /** ISO date; absent: IAM did not say. */
  readonly lastUsed?: string | "never";
  readonly decision: Decision["action"];
  readonly because: string;
  /** At most so long, as IAM keeps no date of deactivation. */
  readonly inactiveDaysAtMost?: number;
}

export interface KeyList {
  readonly environment: string;
  readonly accountId: string;
  readonly nextRun?: Date;
  readonly timeZone?: string;
  /** The scheduled run only reports. */
  readonly dryRun: boolean;
  readonly keys: readonly ListedKey[];
  readonly usersWithoutKeys: readonly string[];
  /** Users whom AWS has quarantined, with the policy's name. */
  readonly quarantined: readonly { readonly userName: string; readonly policy: string }[];
  /** Sessions that a response has ended: of users, and of everybody (no name). */
  readonly cutoffs: readonly Cutoff[];
  /** What IAM did not answer. */
  readonly unanswered: readonly string[];
}

/**
 * Every access key of the users under the environment's paths, declared or not, with the decision of the next run as
 * far as today's facts tell. Changes nothing.
 *
 * @throws the SDK's error when the users cannot be listed
 */
export async function listKeys(
  iam: IamCredentials & QuarantineReader & { readonly sessions?: CutoffStore | undefined },
  environment: Environment,
  now: Date,
): Promise<KeyList> {
  const rules = keyRulesOf(environment);
  const schedule = environment.keyRules?.schedule;
  const run = schedule && nextRun(schedule, now);
  const kinds = new Map(declaredUsers(environment).map(({ name, path, kind }) => [`${path}${name}`, kind]));
  const users: KeyOwner[] = [];
  for await (const user of iam.listUsers(iamPaths(environment.namespace).root)) users.push(user);
  const judgedUsers: JudgedKeys[] = [];
  const usersWithoutKeys: string[] = [];
  const quarantined: { userName: string; policy: string }[] = [];
  const unanswered: string[] = [];
  let silent = 0;
  const begun = await forEachBounded(
    users,
    CONCURRENT_USERS,
    () => silent < MOST_SILENT,
    async (user) => {
      const ask = async <Answer>(what: string, question: () => Promise<Answer>) => {
        try {
          const answer = await question();
          silent = 0;
          return answer;
        } catch (error) {
          if (error instanceof NoAnswerError) silent += 1;
          unanswered.push(`${what} of user ${user.userName}: ${describeError(error)}`);
          return undefined;
        }
      };
      const listed = await ask("keys", () => iam.listAccessKeys(user.userName));
      if (listed === undefined || listed === "gone") return;
      const policy = await ask("quarantine", () => iam.quarantineOf(user.userName));
      if (policy !== undefined) quarantined.push({ userName: user.userName, policy });
      if (listed.length === 0) usersWithoutKeys.push(user.userName);
      const known = await withLastUse(listed, (key) =>
        ask(`last use of key ${maskAccessKeyId(key)}`, () => iam.lastUsed(key)),
      );
      const at = run ?? now;
      const asked = rules !== undefined && missingFacts(user, known, rules, at).tags;
      const tags = asked ? await ask("tags", () => iam.listTags(user.userName)) : undefined;
      const owner = tags === undefined || tags === "gone" ? user : { ...user, tags };
      const kind = kinds.get(`${user.path}${user.userName}`) ?? "undeclared";
      // for how long a key has been inactive is told as of now, everything else as of the run
      const today = judged(owner, known, rules, now).filter(({ action }) => action === "already-inactive");
      const then = judged(owner, known, rules, at).filter(({ action }) => action !== "already-inactive");
      judgedUsers.push({ userName: user.userName, kind, today, decisions: then });
    },
  );
  let cutoffs: readonly Cutoff[] = [];
  try {
    const state = await iam.sessions?.read();
    cutoffs = state?.cutoffs.filter((one) => isInForce(one, now)) ?? [];
    if (state?.isForeign === true)
      unanswered.push(
        "which sessions are denied: the policy holds something that no response writes; baseline drift",
      );
  } catch (error) {
    unanswered.push(`which sessions are denied: ${describeError(error)}`);
  }
  const rest = users.length - begun;
  if (rest > 0) unanswered.push(`keys of ${rest} more users: not asked, as IAM had fallen silent`);
  const byName = (left: ListedKey, right: ListedKey) =>
    left.userName === right.userName ? right.ageDays - left.ageDays : left.userName < right.userName ? -1 : 1;
  const keys = leftLast(judgedUsers, rules).flatMap(({ userName, kind, today, decisions }) =>
    [...today, ...decisions].map((decision) => listedKey(userName, kind, decision, now)),
  );
  return {
    environment: environment.name,
    accountId: environment.accountId,
    ...(run && { nextRun: run }),
    ...(schedule && { timeZone: schedule.timeZone }),
    dryRun: environment.keyRules?.dryRun ?? false,
    keys: keys.sort(byName),
    usersWithoutKeys: usersWithoutKeys.sort(),
    quarantined: quarantined.sort((left, right) => (left.userName < right.userName ? -1 : 1)),
    cutoffs,
    unanswered,
  };
}

async function withLastUse(
  listed: readonly AccessKey[],
  lastUsed: (accessKeyId: string) => Promise<Date | "never" | "gone" | undefined>,
): Promise<readonly AccessKey[]> {
  const known: AccessKey[] = [];
  for (const key of listed) {
    const when = await lastUsed(key.accessKeyId);
    if (when === "gone") continue;
    known.push(when === undefined ? key : { ...key, lastUsed: when });
  }
  return known;
}

function judged(
  owner: KeyOwner,
  keys: readonly AccessKey[],
  rules: ResolvedKeyRules | undefined,
  at: Date,
): readonly Decision[] {
  // without rules every key is judged by none: age and inactivity are told all the same
  const none: ResolvedKeyRules = { version: 1, managedPaths: [], exemptPaths: [], rules: [] };
  const decisions = decide(owner, keys, rules ?? none, at);
  if (rules === undefined || !isExempt(owner, rules)) return decisions;
  return decisions.map((decision) =>
    decision.action === "keep" ? { ...decision, because: "its path is exempt from every rule" } : decision,
  );
}

/** What becomes of a user's keys: of those that are inactive, and in the next run. */
interface JudgedKeys extends DecidedUser {
  readonly kind: ListedKey["kind"];
  readonly today: readonly Decision[];
}

/** An owner's last key stays, where the rules say so: that hangs on all of the owner's devices. */
function leftLast(users: readonly JudgedKeys[], rules: ResolvedKeyRules | undefined): readonly JudgedKeys[] {
  return (rules?.lastKeys ?? []).reduce((left, list) => {
    const members = left.filter(({ userName }) => list.includes(userName));
    const kept = rules === undefined ? members : keepLastKey(members, rules);
    return left.map((user) => kept[members.indexOf(user)] ?? user);
  }, users);
}

function listedKey(userName: string, kind: ListedKey["kind"], decision: Decision, now: Date): ListedKey {
  const { key, action, because } = decision;
  const { lastUsed } = key;
  return {
    userName,
    kind,
    key: maskAccessKeyId(key.accessKeyId),
    status: key.status,
    ageDays: wholeDays(key.createDate, now),
    ...(lastUsed !== undefined && { lastUsed: lastUsed === "never" ? lastUsed : lastUsed.toISOString() }),
    decision: action,
    because,
    ...(action === "already-inactive" && { inactiveDaysAtMost: decision.inactiveDaysAtMost }),
  };
}
