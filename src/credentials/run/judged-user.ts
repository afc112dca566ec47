import { describeError } from "../../findings/describe-error";
import type { AccessKey, KeyOwner } from "../access-key";
import { days } from "../days";
import { decide, missingFacts } from "../decide";
import type { Decision } from "../decision";
import { endOf, isWarningDay } from "../ends-soon";
import type { ResolvedKeyRules } from "../resolved-key-rules";
import type { Gone, IamCredentials } from "./iam-credentials";

/** A user with every fact that the rules wanted, and what they say. */
export interface JudgedUser {
  /** The name he has now: another one than the rules know where he was renamed during the run. */
  readonly userName: string;
  /** With his tags, where they could matter. */
  readonly owner: KeyOwner;
  /** With their last use, where it could matter. */
  readonly keys: readonly AccessKey[];
  readonly decisions: readonly Decision[];
  /** Keys that stay, and that a rule ends in so many days, in words: on the days on which that is told. */
  readonly endingSoon: readonly { readonly key: AccessKey; readonly because: string }[];
  /** Facts that could not be had, in words; the decisions about these keys are "undecided". */
  readonly unanswered: readonly { readonly key?: AccessKey; readonly because: string }[];
}

/**
 * Judges a user's keys with the fewest calls: the keys, then only the facts that can still change an answer.
 *
 * @param user as the rules know him
 * @param userName as IAM knows him now
 * @returns "gone" where IAM knows him, or one of the keys that it just listed, no more
 * @throws the SDK's error when his keys cannot be listed
 */
export async function judgeUser(
  iam: IamCredentials,
  user: KeyOwner,
  rules: ResolvedKeyRules,
  now: Date,
  userName: string = user.userName,
): Promise<JudgedUser | Gone> {
  const listed = await iam.listAccessKeys(userName);
  if (listed === "gone") return "gone";
  const unanswered: { key?: AccessKey; because: string }[] = [];
  let owner = user;
  let keys = listed;
  const { lastUsed } = missingFacts(owner, keys, rules, now);
  if (lastUsed.length > 0) {
    const answered: AccessKey[] = [];
    for (const key of keys) {
      if (!lastUsed.includes(key)) {
        answered.push(key);
        continue;
      }
      try {
        const when = await iam.lastUsed(key.accessKeyId);
        // deleted since it was listed, as it seems: whoever lists again knows
        if (when === "gone") return "gone";
        answered.push({ ...key, lastUsed: when });
      } catch (error) {
        answered.push(key);
        unanswered.push({ key, because: `its last use is not known: ${describeError(error)}` });
      }
    }
    keys = answered;
  }
  if (missingFacts(owner, keys, rules, now).tags) {
    try {
      const tags = await iam.listTags(userName);
      if (tags === "gone") return "gone";
      owner = { ...owner, tags };
    } catch (error) {
      // An exception that cannot be read is not honoured: the keys are deactivated, and the failure is told.
      unanswered.push({
        because: `his tags are not known, so no temporary reactivation counts: ${describeError(error)}`,
      });
    }
  }
  const decisions = decide(owner, keys, rules, now);
  return {
    userName,
    owner,
    keys,
    decisions,
    endingSoon: endingSoon(owner, decisions, rules, now),
    unanswered,
  };
}

function endingSoon(
  owner: KeyOwner,
  decisions: readonly Decision[],
  rules: ResolvedKeyRules,
  now: Date,
): JudgedUser["endingSoon"] {
  return decisions.flatMap(({ action, key }) => {
    const end = action === "keep" ? endOf(owner, key, rules, now) : undefined;
    return end !== undefined && isWarningDay(end.days, rules.warnDays)
      ? [{ key, because: `in ${days(end.days)} ${end.because}: rotate or use it before` }]
      : [];
  });
}
