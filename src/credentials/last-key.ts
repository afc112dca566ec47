import type { Decision } from "./decision";
import type { ResolvedKeyRules } from "./resolved-key-rules";

/** A user and what was decided of its keys. */
export interface DecidedUser {
  readonly userName: string;
  readonly decisions: readonly Decision[];
}

/**
 * Leaves an owner one key, where rules by age and disuse would end the last with which he sets another device's key to
 * Active: age and absence hit all devices of a person at once, and only root would be left. The youngest is kept. A key
 * that is not known to work does not count, so that a failure keeps a key rather than ending the last.
 *
 * @param members all users of one list of `lastKeys`, as far as they could be judged
 * @returns the same users; where one key stays, with that decision in the place of its end
 */
export function keepLastKey<User extends DecidedUser>(
  members: readonly User[],
  rules: ResolvedKeyRules,
): readonly User[] {
  const decisions = members.flatMap((user) => user.decisions.map((decision) => ({ user, decision })));
  if (decisions.some(({ decision }) => works(decision))) return members;
  const nightly = new Set(rules.rules.flatMap(({ name, nightly: every }) => (every === true ? [name] : [])));
  const [last] = decisions
    .flatMap(({ user, decision }) =>
      decision.action === "deactivate" && !nightly.has(decision.rule) ? [{ user, decision }] : [],
    )
    .sort((a, b) => youngestFirst(a, b));
  if (last === undefined) return members;
  return members.map((user) =>
    user === last.user
      ? {
          ...user,
          decisions: user.decisions.map((one) => (one === last.decision ? kept(last.decision) : one)),
        }
      : user,
  );
}

type Ending = { readonly user: DecidedUser; readonly decision: Extract<Decision, { action: "deactivate" }> };

function youngestFirst(one: Ending, other: Ending): number {
  const age = other.decision.key.createDate.getTime() - one.decision.key.createDate.getTime();
  const names = [one, other].map(({ user, decision }) => `${user.userName} ${decision.key.accessKeyId}`);
  return age === 0 ? ((names[0] ?? "") < (names[1] ?? "") ? -1 : 1) : age;
}

/** Still active after the run. */
function works({ action }: Decision): boolean {
  return action === "keep" || action === "keep-for-now" || action === "keep-last" || action === "undecided";
}

function kept({ key, rule, because }: Ending["decision"]): Decision {
  return {
    action: "keep-last",
    key,
    rule,
    because: `kept active as the last key with which its owner can reactivate another, although ${because}; rotate it, or reactivate another device's`,
  };
}

/** Lists by user name, made once: a run asks for each of thousands of users. */
const listsOf = new WeakMap<ResolvedKeyRules, ReadonlyMap<string, readonly string[]>>();

/** Who stands in one list of `lastKeys`, by user name. */
export function lastKeyLists(rules: ResolvedKeyRules): ReadonlyMap<string, readonly string[]> {
  const known = listsOf.get(rules);
  if (known !== undefined) return known;
  const made = new Map(
    (rules.lastKeys ?? []).flatMap((list) => list.map((userName) => [userName, list] as const)),
  );
  listsOf.set(rules, made);
  return made;
}
