import { describeError } from "../../findings/describe-error";
import type { KeyOwner } from "../access-key";
import { isExempt, rulesOf } from "../coverage";
import { keepLastKey } from "../last-key";
import type { ResolvedKeyRules } from "../resolved-key-rules";
import { forEachBounded } from "./bounded";
import { type JudgedUser, judgeUser } from "./judged-user";
import { Ledger } from "./ledger";
import { CONCURRENT_USERS, RESERVED_MS, type RunDeps, type RunSettings } from "./run-deps";
import type { RunSummary } from "./run-summary";
import { lookAgain } from "./second-look";
import { isLeftOne, unitsOf } from "./units";
import { deactivateKeys } from "./user-deactivation";
import { findVanished } from "./vanished-users";

/**
 * One run: lists the users under every managed path, judges their keys, deactivates what the rules end, and looks again
 * half a minute later. Goes on after failures and never throws: what went wrong is in the summary.
 */
export async function runDeactivation(deps: RunDeps, settings: RunSettings): Promise<RunSummary> {
  const { environment, dryRun } = settings;
  const startedAt = deps.now();
  const ledger = new Ledger({ runId: deps.runId, environment, dryRun, startedAt });
  const work = pass(deps, settings, ledger, startedAt).then(() => "ended" as const);
  const end = await Promise.race([work, deps.cutOff.then(() => "cut off" as const)]);
  if (end === "cut off")
    ledger.failed.push({ where: "run", because: "time ran out with requests under way" });
  return ledger.summary();
}

async function pass(deps: RunDeps, settings: RunSettings, ledger: Ledger, now: Date): Promise<void> {
  const { rules, dryRun } = settings;
  const { covered, others } = await listCovered(deps, rules, ledger);
  ledger.expect(covered.map((user) => user.userName));
  const enoughTime = () => deps.remainingMs() >= RESERVED_MS;
  const changed: JudgedUser[] = [];
  const vanished: KeyOwner[] = [];
  const judge = (user: KeyOwner, userName: string) => judgeUser(deps.iam, user, rules, now, userName);
  /** @returns whether IAM knew user and keys by these names */
  const act = async (judged: JudgedUser): Promise<boolean> => {
    const finished = await deactivateKeys(deps, dryRun, judged, ledger, enoughTime);
    if (finished.changed) changed.push(judged);
    if (finished.all && !finished.vanished) ledger.finish(judged.owner.userName);
    return !finished.vanished;
  };
  /** A user by itself; of an owner whose other keys are not looked at, the last one stays. */
  const end = async (user: KeyOwner, userName: string): Promise<boolean> => {
    const judged = await judge(user, userName);
    if (judged === "gone") return false;
    const [left = judged] = isLeftOne(user, rules) ? keepLastKey([judged], rules) : [];
    return act(left);
  };
  await forEachBounded(
    unitsOf(covered, others, rules),
    CONCURRENT_USERS,
    enoughTime,
    async ({ users, helpers }) => {
      const judged: JudgedUser[] = [];
      const tried = async (user: KeyOwner, work: () => Promise<void>) => {
        try {
          await work();
        } catch (error) {
          ledger.fail(user.userName, describeError(error));
        }
      };
      // the keys of all users of a unit are known before the first is ended
      for (const user of [...users, ...helpers]) {
        await tried(user, async () => {
          const one = await judge(user, user.userName);
          if (one !== "gone") judged.push(one);
          else if (users.includes(user)) vanished.push(user);
        });
      }
      const decided = users.some((user) => isLeftOne(user, rules)) ? keepLastKey(judged, rules) : judged;
      for (const one of decided.filter(({ owner }) =>
        users.some(({ userName }) => userName === owner.userName),
      )) {
        await tried(one.owner, async () => {
          if (!(await act(one))) vanished.push(one.owner);
        });
      }
    },
  );
  if (vanished.length > 0 && enoughTime()) await findVanished(deps, vanished, ledger, end);
  if (changed.length > 0) await endSessions(deps, changed, ledger);
  if (changed.length > 0) await lookAgain(deps, rules, changed, ledger, now);
}

async function endSessions(
  { endSessions: end, log }: RunDeps,
  changed: readonly JudgedUser[],
  ledger: Ledger,
): Promise<void> {
  if (end === undefined) return;
  const users = changed.map(({ owner, userName }) => ({ ...owner, userName }));
  log("ending sessions", { users: users.map(({ userName }) => userName) });
  try {
    await end(users);
    ledger.sessionsEnded = true;
  } catch (error) {
    // the next run finds no active key and would not come here again
    const because = `could not be ended: ${describeError(error)}; for each user: baseline respond USER --reason "nightly"`;
    ledger.failed.push({ where: "sessions of users whose keys were deactivated", because });
  }
}

/** Users that some rule reaches, of all managed paths. A path that cannot be listed, or lists nobody, is a failure. */
async function listCovered(
  deps: RunDeps,
  rules: ResolvedKeyRules,
  ledger: Ledger,
): Promise<{ readonly covered: readonly KeyOwner[]; readonly others: readonly KeyOwner[] }> {
  const seen = new Map<string, KeyOwner>();
  for (const path of withoutNested(rules.managedPaths)) {
    let found = 0;
    try {
      for await (const user of deps.iam.listUsers(path)) {
        found += 1;
        seen.set(user.userName, user);
      }
      if (found === 0 && !(rules.emptyPaths ?? []).includes(path)) {
        ledger.failed.push({
          where: path,
          because:
            "no user has this path: is it the path that the users were created with? Remove its rules if nobody is left",
        });
      }
    } catch (error) {
      ledger.failed.push({
        where: path,
        because: `the list of users ended after ${found}: ${describeError(error)}`,
      });
    }
  }
  const covered: KeyOwner[] = [];
  const others: KeyOwner[] = [];
  for (const user of seen.values()) {
    const exempt = isExempt(user, rules);
    if (exempt) ledger.exemptUsers += 1;
    else if (rulesOf(user, rules).length === 0) ledger.uncoveredUsers += 1;
    else covered.push(user);
    if (exempt || rulesOf(user, rules).length === 0) others.push(user);
  }
  const somebodyDeclared = rules.managedPaths.some((path) => !(rules.emptyPaths ?? []).includes(path));
  if (covered.length === 0 && ledger.failed.length === 0 && somebodyDeclared) {
    ledger.failed.push({
      where: "rules",
      because: `no rule reaches any of the ${seen.size} users under ${rules.managedPaths.join(" and ")}: were they renamed or deleted?`,
    });
  }
  return { covered, others };
}

/** Paths without those that lie below another one: their users come with it. */
function withoutNested(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(other)));
}
