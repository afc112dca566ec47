import type { AccountInventory } from "../aws/inventory";
import type { AccessGraph, Policy, Role, User } from "../iam/graph";
import { trustPrincipals } from "../proofs/world/trust-principals";
import { type AccessFact, addressOf, policyAddress } from "./access-fact";
import { principalsOf } from "./compare-access";
import { isForeignProvider, isForeignRole } from "./foreign-principals";
import { type Gap, gapOf } from "./gaps";
import { livePasses } from "./live-passes";
import type { OwnSpace } from "./own-space";
import { mayBe, PrincipalIndex } from "./principal-match";
import { reachedRoles } from "./reached-roles";
import { isQuarantine } from "./rules/key-quarantined";
import { trustedOwners, trustedStrangers } from "./strangers/trusted-strangers";
import { credentialsOf, undeclaredCredentials } from "./undeclared-credentials";
import type { UndeclaredFact, UndeclaredFactOf } from "./undeclared-fact";
import { undeclaredWorkloads } from "./undeclared-workloads";
import { isWayUp, type WayUp, waysUp } from "./ways-up";

export interface UndeclaredQuestion {
  /** Everything that is declared for this account: by every environment and every stack of it. */
  readonly declared: readonly AccessGraph[];
  /** What the environment itself declares. */
  readonly own: AccessGraph;
  readonly actual: AccessGraph;
  readonly inventory: AccountInventory;
  readonly space: OwnSpace;
  /** Accounts of the project besides the account itself: their principals are no strangers. */
  readonly accounts: readonly string[];
}

export interface Undeclared {
  readonly facts: readonly UndeclaredFact[];
  /** What undeclared users carry and join. */
  readonly access: readonly AccessFact[];
  readonly gaps: readonly Gap[];
  /** What stacks leave open and the account answers with no, in words. */
  readonly answered: readonly string[];
  /** Roles and policies of others, which nobody judges here. */
  readonly othersRoles: number;
}

/**
 * What an account holds that nobody declares. In scope are all users, groups and identity providers of the account; of
 * roles and policies those below the namespace, and of further roles each that is a back door by its rights: one that
 * holds administrator rights or comes to them, that a stranger may assume, or an IAM user of the account. Other roles
 * belong to others.
 */
export function undeclared(question: UndeclaredQuestion): Undeclared {
  const { declared, actual, inventory, space } = question;
  const known = new PrincipalIndex(declared.flatMap(principalsOf));
  const isDeclared = (principal: User | Role | AccessGraph["groups"][number]) =>
    known.find(principal) !== undefined;
  const strangers = actual.users.filter((user) => !isDeclared(user));
  const isOurs = ({ path }: { readonly path: string }) => space.holdsPath(path);
  const callers = {
    accounts: new Set([inventory.accountId, ...question.accounts]),
    owners: trustedOwners(declared),
  };
  const strangersOf = (role: Role) => trustedStrangers(role, callers, actual);
  const roles = actual.roles.filter((role) => !isDeclared(role) && !isForeignRole(role, strangersOf(role)));
  const reach = reachedRoles(
    roles.filter((role) => !isOurs(role)),
    actual,
  );
  const ways = waysUp(actual, known);
  const live = livePasses({ own: question.own, actual, ways });
  const roleFacts = roles.map((role) => {
    const fact = {
      kind: "undeclared-role",
      address: addressOf(role),
      role,
      assumers: [...(reach.assumers.get(role) ?? []), ...(live.assumers.get(role.arn) ?? [])],
      strangers: strangersOf(role),
      wayUp: ways.get(role.arn),
    } as const;
    return { fact, isTold: isOurs(role) || isBackDoor(fact) };
  });
  const credentials = undeclaredCredentials({
    users: actual.users.map((user) => ({
      name: user.name,
      arn: user.arn,
      isDeclared: isDeclared(user),
      isOwn: isOurs(user),
    })),
    inventory,
    declaredCredentials: credentialsOf(declared),
    enrolsMfa: (arn) => !/:user\/[^/]+\/ci\//.test(arn),
  });
  const keys = (name: string) => {
    const own = Object.hasOwn(inventory.users, name) ? inventory.users[name]?.accessKeys : undefined;
    return own !== undefined && "value" in own ? own.value.length : 0;
  };
  const providers = undeclaredProviders(question, ways);
  const workloads = undeclaredWorkloads(question);
  return {
    facts: [
      ...strangers.map((user) => {
        const wayUp = ways.get(user.arn);
        return {
          kind: "undeclared-user",
          address: addressOf(user),
          user,
          keys: keys(user.name),
          wayUp,
        } as const;
      }),
      ...actual.groups
        .filter((group) => !isDeclared(group))
        .map((group) => ({ kind: "undeclared-group", address: addressOf(group), group }) as const),
      ...roleFacts.filter(({ isTold }) => isTold).map(({ fact }) => fact),
      ...undeclaredPolicies(declared, actual, isOurs),
      ...live.found.map(
        (way) => ({ kind: "undeclared-way-up", address: addressOf(way.principal), ...way }) as const,
      ),
      ...providers.facts,
      ...credentials.facts,
      ...workloads.facts,
    ],
    access: strangers.flatMap(accessOfStranger),
    gaps: [
      ...providers.gaps,
      ...credentials.gaps,
      ...workloads.gaps,
      ...(reach.left > 0
        ? [
            gapOf("undeclared-role", `who may assume ${reach.left} roles of others`, {
              notChecked: "too many to ask",
            }),
          ]
        : []),
    ],
    answered: live.answered,
    othersRoles: roleFacts.filter(({ isTold }) => !isTold).length,
  };
}

/** What undeclared users carry themselves is told by itself: who accepts the user has not accepted its next policy. */
function accessOfStranger(user: User): readonly AccessFact[] {
  return [
    ...user.policies.map((policy): AccessFact => {
      const address = `${addressOf(user)}/${policyAddress(policy)}`;
      const kind = isQuarantine(policy) ? "key-quarantined" : "policy-attached";
      return { kind, address, principal: user, policy };
    }),
    ...user.groups.map((group): AccessFact => {
      return { kind: "group-joined", address: `${addressOf(user)}/${addressOf(group)}`, user, group };
    }),
  ];
}

function undeclaredPolicies(
  declared: readonly AccessGraph[],
  actual: AccessGraph,
  isOurs: (item: { readonly path: string }) => boolean,
): readonly UndeclaredFact[] {
  const arns = declared.flatMap(({ managedPolicies }) => managedPolicies.map(({ arn }) => arn ?? ""));
  const exact = new Set(arns);
  const isKnown = ({ arn = "" }: Policy) =>
    exact.has(arn) || arns.some((declaredArn) => mayBe(declaredArn, arn));
  return actual.managedPolicies
    .filter((policy) => isOurs({ path: pathOf(policy) }) && !isKnown(policy))
    .map((policy) => ({ kind: "undeclared-policy", address: policyAddress(policy), policy }));
}

function pathOf({ arn = "" }: Policy): string {
  return /:policy(\/(?:.*\/)?)[^/]+$/.exec(arn)?.[1] ?? "/";
}

function undeclaredProviders(
  { declared, actual, inventory }: UndeclaredQuestion,
  ways: ReadonlyMap<string, WayUp>,
) {
  const known = new Set(
    declared.flatMap(({ oidcProviders, samlProviders = [] }) =>
      [...oidcProviders, ...samlProviders].map(({ arn }) => arn),
    ),
  );
  const facts: UndeclaredFact[] = [];
  const gaps: Gap[] = [];
  for (const [what, answer] of [
    ["OIDC providers", inventory.oidcProviders],
    ["SAML providers", inventory.samlProviders],
  ] as const) {
    if ("notChecked" in answer) {
      gaps.push(gapOf("undeclared-identity-provider", what, answer));
      continue;
    }
    for (const { arn } of answer.value) {
      const trusting = actual.roles.filter((role) => trustPrincipals(role).providers.includes(arn));
      if (known.has(arn) || isForeignProvider(arn, trusting)) continue;
      const address = arn.split(":").slice(5).join(":");
      const powerful = trusting.filter((role) => isWayUp(ways.get(role.arn))).map(addressOf);
      facts.push({
        kind: "undeclared-identity-provider",
        address,
        arn,
        trusting: trusting.map(addressOf),
        powerful,
      });
    }
  }
  return { facts, gaps };
}

/** A role of others that is a way in: to administrator rights, for a stranger, or for a user of the account. */
function isBackDoor({
  assumers,
  strangers,
  wayUp,
}: Pick<UndeclaredFactOf<"undeclared-role">, "assumers" | "strangers" | "wayUp">): boolean {
  return assumers.length > 0 || strangers.length > 0 || wayUp !== undefined;
}
