import type { KeyRules, RuleTarget } from "../environment/key-rules";
import type { ResolvedKeyRule, ResolvedKeyRules } from "./resolved-key-rules";

/** The names that rules may refer to, looked up by whoever knows the whole environment. */
export interface RuleTargets {
  /** IAM paths of the environment, with its namespace: `/baseline/device/` and so on. */
  readonly paths: { readonly device: string; readonly ci: string; readonly breakGlass: string };
  /** IAM user names by kind. */
  readonly deviceUsers: readonly string[];
  readonly ciUsers: readonly string[];
  /** Group -> its members' IAM user names. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Repository -> its IAM user name. */
  readonly repositories: Readonly<Record<string, string>>;
  /** For each owner the device users from which he sets any other of his devices' keys to Active; none: left out. */
  readonly reactivators: readonly (readonly string[])[];
}

/**
 * Key rules with every group, user and repository looked up: what the Lambdas and the command line read. Groups are
 * resolved here and not in the account, so that leaving a group cannot save a key and the run needs no `iam:GetGroup`.
 * The result does not depend on the order of the environment's keys.
 *
 * @throws RangeError for a target that does not exist or has no user; the environment's validation reports those first
 */
export function resolveKeyRules(keyRules: KeyRules, targets: RuleTargets): ResolvedKeyRules {
  const rules = Object.entries(keyRules.rules)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, rule]): ResolvedKeyRule => {
      const { appliesTo, reason, ...limits } = rule;
      return { name, reason, ...reachOf(appliesTo, targets, name), ...dropAbsent(limits) };
    });
  const managed = managedPaths(rules, targets);
  const empty = managed.filter((path) => declaredUnder(path, targets).length === 0);
  return {
    version: 1,
    managedPaths: managed,
    ...(empty.length > 0 && { emptyPaths: empty }),
    exemptPaths: [...new Set([targets.paths.breakGlass, ...keyRules.exemptPaths])].sort(),
    rules,
    ...(keyRules.lastKeyStays && targets.reactivators.length > 0 && { lastKeys: targets.reactivators }),
    ...(keyRules.warnDays > 0 && { warnDays: keyRules.warnDays }),
    ...(keyRules.reactivation === undefined ? {} : { reactivationMaxHours: keyRules.reactivation.maxHours }),
  };
}

function reachOf(
  target: RuleTarget,
  targets: RuleTargets,
  rule: string,
): { readonly paths: readonly string[] } | { readonly users: readonly string[] } {
  if ("path" in target) return { paths: [targets.paths[target.path]] };
  const users = usersOf(target, targets);
  if (users.length === 0) {
    throw new RangeError(
      `keyRules.rules.${rule}.appliesTo: a target with at least one user, got ${JSON.stringify(target)}`,
    );
  }
  return { users: [...users].sort() };
}

function usersOf(target: Exclude<RuleTarget, { path: string }>, targets: RuleTargets): readonly string[] {
  if ("group" in target) return own(targets.groups, target.group) ?? [];
  if ("repository" in target) {
    const user = own(targets.repositories, target.repository);
    return user === undefined ? [] : [user];
  }
  return [...targets.deviceUsers, ...targets.ciUsers].filter((name) => name === target.user);
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function declaredUnder(path: string, { paths, deviceUsers, ciUsers }: RuleTargets): readonly string[] {
  return path === paths.device ? deviceUsers : path === paths.ci ? ciUsers : [];
}

/** Only the paths that some rule reaches: users elsewhere are not even listed. */
function managedPaths(rules: readonly ResolvedKeyRule[], targets: RuleTargets): readonly string[] {
  const named = new Set(rules.flatMap((rule) => rule.users ?? []));
  const paths = new Set(rules.flatMap((rule) => rule.paths ?? []));
  if (targets.deviceUsers.some((name) => named.has(name))) paths.add(targets.paths.device);
  if (targets.ciUsers.some((name) => named.has(name))) paths.add(targets.paths.ci);
  return [...paths].sort();
}

type Limits = Pick<ResolvedKeyRule, "nightly" | "maxAgeDays" | "unusedDays" | "freshDays" | "supersededDays">;

function dropAbsent(limits: { readonly [K in keyof Limits]?: Limits[K] | undefined }): Limits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

/** True when a rule looks at a key's last use: only then does the run need `iam:GetAccessKeyLastUsed`. */
export function needsLastUsed(rules: ResolvedKeyRules): boolean {
  return rules.rules.some((rule) => rule.unusedDays !== undefined);
}

/** True when temporary reactivations are honoured: only then does the run need `iam:ListUserTags`. */
export function needsUserTags(rules: ResolvedKeyRules): boolean {
  return rules.reactivationMaxHours !== undefined;
}
