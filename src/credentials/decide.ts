import type { AccessKey, KeyOwner } from "./access-key";
import { rulesOf } from "./coverage";
import { days, wholeDays } from "./days";
import type { Decision, MissingFacts } from "./decision";
import { honoursReactivation } from "./reactivation";
import type { ResolvedKeyRule, ResolvedKeyRules } from "./resolved-key-rules";

/** Days during which a key that was never used is not yet called unused, where a rule does not say otherwise. */
export const DEFAULT_FRESH_DAYS = 7;

/**
 * Decides; never acts. One decision per key, in the order of `keys`. A key is deactivated on the day its age reaches
 * `maxAgeDays` (whole days, UTC). Where several rules reach a key, the strictest wins; the decision names one of them,
 * looked for in the order nightly, age, unused, superseded, then by the rule's name.
 *
 * Ask `missingFacts` first: without a fact that a rule needs, the answer for that key is "undecided".
 */
export function decide(
  user: KeyOwner,
  keys: readonly AccessKey[],
  rules: ResolvedKeyRules,
  now: Date,
): Decision[] {
  const own = rulesOf(user, rules);
  return judge(own, keys, now).map((decision) =>
    decision.action === "deactivate" ? unlessAskedToKeep(decision, user, keys, rules, now) : decision,
  );
}

function unlessAskedToKeep(
  decision: Extract<Decision, { readonly action: "deactivate" }>,
  user: KeyOwner,
  keys: readonly AccessKey[],
  rules: ResolvedKeyRules,
  now: Date,
): Decision {
  const { key, rule, because } = decision;
  const asked = honoursReactivation(user.tags, key, keys, rules.reactivationMaxHours, now);
  if (asked.kind === "none") return decision;
  if (asked.kind === "refused") {
    return { ...decision, because: `${because}; the request to keep it active is refused: ${asked.because}` };
  }
  const { until, reason } = asked;
  return {
    action: "keep-for-now",
    key,
    rule,
    until,
    because: `kept active until ${until.toISOString()} (${reason}), although ${because}`,
  };
}

/**
 * What `decide` lacks. Ask IAM for it, add it to `user` and `keys`, and ask again until nothing is missing: at most two
 * rounds, because tags are wanted only where a key is about to be deactivated. Nothing is ever missing for a user
 * whom no rule reaches.
 */
export function missingFacts(
  user: KeyOwner,
  keys: readonly AccessKey[],
  rules: ResolvedKeyRules,
  now: Date,
): MissingFacts {
  const own = rulesOf(user, rules);
  const decisions = judge(own, keys, now);
  const soon = rules.warnDays ?? 0;
  return {
    lastUsed: decisions.flatMap(({ action, key }) =>
      action === "undecided" || (action === "keep" && mayEndUnused(own, key, now, soon)) ? [key] : [],
    ),
    tags:
      rules.reactivationMaxHours !== undefined &&
      user.tags === undefined &&
      decisions.some(({ action }) => action === "deactivate"),
  };
}

/** Whether disuse may end a key within so many days, as far as its age tells: only its last use knows. */
function mayEndUnused(
  rules: readonly ResolvedKeyRule[],
  key: AccessKey,
  now: Date,
  withinDays: number,
): boolean {
  if (key.lastUsed !== undefined || withinDays === 0) return false;
  const age = wholeDays(key.createDate, now);
  return rules.some(({ unusedDays }) => unusedDays !== undefined && age >= unusedDays - withinDays);
}

/** The rules alone, without exceptions. */
function judge(rules: readonly ResolvedKeyRule[], keys: readonly AccessKey[], now: Date): Decision[] {
  const alone = keys.map((key) => judgeAlone(rules, key, now));
  const staying = alone.flatMap(({ action, key }) => (action === "keep" ? [key] : []));
  return alone.map((decision) =>
    decision.action === "keep" || decision.action === "undecided"
      ? (supersededBy(rules, decision.key, staying, now) ?? decision)
      : decision,
  );
}

/** One key by the rules that look at no other key. */
function judgeAlone(rules: readonly ResolvedKeyRule[], key: AccessKey, now: Date): Decision {
  if (key.status !== "Active") return alreadyInactive(key, now);
  const age = wholeDays(key.createDate, now);
  for (const { name, nightly, reason } of rules) {
    if (nightly === true) return deactivate(key, name, `every night: ${reason}`);
  }
  for (const { name, maxAgeDays, reason } of rules) {
    if (maxAgeDays !== undefined && age >= maxAgeDays) {
      return deactivate(key, name, `${days(age)} old, at most ${days(maxAgeDays)}: ${reason}`);
    }
  }
  const unused = rules.map((rule) => judgeUnused(rule, key, age, now));
  return (
    unused.find((decision) => decision?.action === "deactivate") ??
    unused.find((decision) => decision !== undefined) ?? {
      action: "keep",
      key,
      because: rules.length === 0 ? "no rule covers the user" : `${days(age)} old, no rule ends it yet`,
    }
  );
}

function judgeUnused(rule: ResolvedKeyRule, key: AccessKey, age: number, now: Date): Decision | undefined {
  const { name, unusedDays, reason, freshDays = DEFAULT_FRESH_DAYS } = rule;
  // A key younger than the limit cannot have been unused for longer: no need to ask for its last use.
  if (unusedDays === undefined || age < unusedDays) return undefined;
  if (key.lastUsed === undefined) {
    return {
      action: "undecided",
      key,
      rule: name,
      missing: "lastUsed",
      because: `rule ${name}: not known when the key was last used`,
    };
  }
  if (key.lastUsed === "never") {
    if (age < freshDays) return undefined;
    return deactivate(
      key,
      name,
      `never used in ${days(age)}, at most ${days(Math.max(unusedDays, freshDays))}: ${reason}`,
    );
  }
  const idle = wholeDays(key.lastUsed, now);
  if (idle < unusedDays) return undefined;
  return deactivate(key, name, `unused for ${days(idle)}, at most ${days(unusedDays)}: ${reason}`);
}

/**
 * A key that a newer one replaced long enough ago. Only a newer key that itself stays active counts: a rotation that
 * another rule undoes tonight must not take the older key along.
 */
function supersededBy(
  rules: readonly ResolvedKeyRule[],
  key: AccessKey,
  staying: readonly AccessKey[],
  now: Date,
): Decision | undefined {
  const ages = staying
    .filter((other) => other.createDate.getTime() > key.createDate.getTime())
    .map((other) => wholeDays(other.createDate, now));
  if (ages.length === 0) return undefined;
  const oldest = Math.max(...ages);
  for (const { name, supersededDays, reason } of rules) {
    if (supersededDays !== undefined && oldest >= supersededDays) {
      return deactivate(
        key,
        name,
        `replaced ${days(oldest)} ago, at most ${days(supersededDays)} for both: ${reason}`,
      );
    }
  }
  return undefined;
}

function alreadyInactive(key: AccessKey, now: Date): Decision {
  const worked =
    key.lastUsed instanceof Date && key.lastUsed > key.createDate ? key.lastUsed : key.createDate;
  const inactiveDaysAtMost = Math.max(0, wholeDays(worked, now));
  const since = worked === key.createDate ? "created" : "last used";
  return {
    action: "already-inactive",
    key,
    inactiveDaysAtMost,
    because: `not active; ${since} ${days(inactiveDaysAtMost)} ago, so inactive for at most that long`,
  };
}

function deactivate(key: AccessKey, rule: string, because: string): Decision {
  return { action: "deactivate", key, rule, because: `rule ${rule}, ${because}` };
}
