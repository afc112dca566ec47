import { declaredUsers } from "../environment/account-names";
import { groupsOfDevice } from "../environment/device-groups";
import type { Environment } from "../environment/environment";
import { repositoryUserName } from "../environment/iam-names";
import { iamPaths } from "../environment/iam-paths";
import { environmentFile } from "../environment/rules/rule";
import { defineRefusal } from "../findings/refusal";
import type { Violation } from "../findings/violation";
import { reactivationsOf, reactivatorsOf } from "../policies/key-reactivators";
import type { AuditScope } from "./audit/audit-scope";
import { lockOutViolations } from "./lock-out";
import type { OwnedDevice } from "./owned-device";
import { keyRulesSize, MAX_EVENT_BYTES } from "./pack-key-rules";
import { resolveKeyRules } from "./resolve-key-rules";
import type { ResolvedKeyRules } from "./resolved-key-rules";

export const KEY_RULES_TOO_LARGE = defineRefusal({
  code: "key-rules-too-large",
  title: "Key rules name more users than a schedule carries",
  why: "Rules reach the function in the schedule's input, in which every user of a group stands by name.",
  example:
    "environments/prod.ts: keyRules.rules: rules of at most 200000 bytes with all users of their groups, as the schedule carries them, got 283306 bytes; let rules apply to a path instead of a large group [key-rules-too-large]",
  remedy: "Let rules apply to a path in place of a large group.",
  since: "0.1.0",
});

/** The key rules of an environment with every name looked up; nothing where it has none. */
export function keyRulesOf(environment: Environment): ResolvedKeyRules | undefined {
  if (environment.keyRules === undefined) return undefined;
  const users = declaredUsers(environment);
  const members = new Map<string, string[]>();
  const join = (user: string, groups: readonly string[]) => {
    for (const group of groups) members.set(group, [...(members.get(group) ?? []), user]);
  };
  for (const [name, device] of Object.entries(environment.devices))
    join(name, groupsOfDevice(environment, device));
  for (const [repository, { groups }] of Object.entries(environment.repositories)) {
    join(repositoryUserName(repository), groups);
  }
  return resolveKeyRules(environment.keyRules, {
    paths: iamPaths(environment.namespace),
    deviceUsers: namesOf(users, "device"),
    ciUsers: namesOf(users, "ci"),
    groups: Object.fromEntries(members),
    repositories: Object.fromEntries(
      Object.keys(environment.repositories).map((name) => [name, repositoryUserName(name)]),
    ),
    reactivators: environment.keyRules.lastKeyStays ? reactivatorsOf(environment) : [],
  });
}

const namesOf = (users: ReturnType<typeof declaredUsers>, kind: "device" | "ci" | "break-glass") =>
  users.filter((user) => user.kind === kind).map(({ name }) => name);

/** Which of the environments of an account have an audit of their own. */
export interface AuditedTogether {
  /** Users below their paths are left to them. */
  readonly audited: readonly Environment[];
  /** Judges what belongs to no environment. Nothing: the first of `audited` in the account. */
  readonly inCharge?: Environment | undefined;
}

/**
 * What the audit of an environment compares the account with.
 *
 * @param all every environment: users of another one in the same account are no strangers
 */
export function auditScopeOf(
  environment: Environment,
  all: readonly Environment[],
  { audited, inCharge }: AuditedTogether = { audited: all.filter(({ keyRules }) => keyRules !== undefined) },
): AuditScope {
  const here = all.filter(({ accountId }) => accountId === environment.accountId);
  const others = here.filter(({ name }) => name !== environment.name);
  const names = new Set(audited.map(({ name }) => name));
  const first = inCharge ?? here.find(({ name }) => names.has(name)) ?? environment;
  const isInCharge = first.name === environment.name;
  const neighbourAcceptances = isInCharge ? others.flatMap(({ accepted }) => accepted) : [];
  const users = declaredUsers(environment);
  const keyRules = keyRulesOf(environment);
  const { schedule, dryRun = true } = environment.keyRules ?? {};
  return {
    version: 1,
    users: {
      device: namesOf(users, "device"),
      ci: namesOf(users, "ci"),
      "break-glass": namesOf(users, "break-glass"),
    },
    paths: pathsByKind(environment),
    ...(others.length > 0 && {
      neighbours: others.map((other) => ({
        root: iamPaths(other.namespace).root,
        paths: pathsByKind(other),
        audited: names.has(other.name),
      })),
    }),
    ...(!isInCharge && { inCharge: false as const }),
    ...(neighbourAcceptances.length > 0 && { neighbourAcceptances }),
    root: environment.root,
    ...(keyRules && { keyRules }),
    ...(schedule && !dryRun && { nightly: schedule }),
    acceptances: environment.accepted,
  };
}

function pathsByKind({ namespace }: Environment) {
  const { device, ci, breakGlass } = iamPaths(namespace);
  return { device, ci, "break-glass": breakGlass };
}

/**
 * What is wrong with key rules once every name is looked up: too many users by name for the schedule to carry, and
 * owners whom the rules could leave without a way in, where no recovery that holds is declared.
 */
export function keyRuleViolations(environment: Environment): readonly Violation[] {
  const rules = keyRulesOf(environment);
  if (rules === undefined) return [];
  const bytes = keyRulesSize(rules);
  if (bytes > MAX_EVENT_BYTES) {
    return [
      {
        code: KEY_RULES_TOO_LARGE.code,
        location: `${environmentFile(environment.name)}: keyRules.rules`,
        expected: `rules of at most ${MAX_EVENT_BYTES} bytes with all users of their groups, as the schedule carries them`,
        got: `${bytes} bytes`,
        remedy: "let rules apply to a path instead of a large group",
      },
    ];
  }
  return recoveryViolations(environment, rules);
}

/** The devices of an environment with their owners, and whose keys each can set to Active. */
export function ownedDevicesOf(environment: Environment): readonly OwnedDevice[] {
  const path = iamPaths(environment.namespace).device;
  // only one recovery hangs on it, and it asks every role
  const reactivations = environment.recovery === "second-device" ? reactivationsOf(environment) : undefined;
  return Object.entries(environment.devices).map(([userName, { owner }]) => ({
    userName,
    path,
    owner,
    reactivates: reactivations?.get(userName) ?? [],
  }));
}

function recoveryViolations(environment: Environment, rules: ResolvedKeyRules): readonly Violation[] {
  return lockOutViolations(
    {
      devices: ownedDevicesOf(environment),
      rules,
      recovery: environment.recovery,
      waysBack: {
        breakGlassUsers: Object.keys(environment.breakGlass),
        reactivationRoles: Object.entries(environment.roles)
          .filter(([, role]) => role.reactivatesKeys && role.github?.environment !== undefined)
          .map(([name]) => name),
      },
    },
    environmentFile(environment.name),
  );
}
