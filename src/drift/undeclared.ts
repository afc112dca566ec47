import type { AccountInventory } from "../aws/inventory";
import { grantsOf } from "../iam/comparison/grant";
import { compileGraph } from "../iam/evaluate";
import type { AccessGraph, Policy, Role, User } from "../iam/graph";
import { mayAssume } from "../report/assume-role";
import { meetsAction } from "../review/weight";
import { type AccessFact, addressOf, policyAddress } from "./access-fact";
import { principalsOf } from "./compare-access";
import { type Gap, gapOf } from "./gaps";
import type { OwnSpace } from "./own-space";
import { mayBe, PrincipalIndex } from "./principal-match";
import { awsPrincipals } from "./trust-ids";
import { undeclaredCredentials } from "./undeclared-credentials";
import type { UndeclaredFact } from "./undeclared-fact";
import { undeclaredWorkloads } from "./undeclared-workloads";

export interface UndeclaredQuestion {
  /** Everything that is declared for this account: by every environment and every stack of it. */
  readonly declared: readonly AccessGraph[];
  readonly actual: AccessGraph;
  readonly inventory: AccountInventory;
  readonly space: OwnSpace;
}

export interface Undeclared {
  readonly facts: readonly UndeclaredFact[];
  /** What undeclared users carry and join. */
  readonly access: readonly AccessFact[];
  readonly gaps: readonly Gap[];
  /** Roles and policies of others, which nobody judges here. */
  readonly othersRoles: number;
}

/** Roles that AWS itself makes: for its services, and for IAM Identity Center. */
const AWS_PATHS = ["/aws-service-role/", "/aws-reserved/"];
/** Identity Center's own provider. */
const AWS_PROVIDER = /:saml-provider\/AWSSSO_/;
/** Pairs of a user and a role that are evaluated; more are told as not checked. */
const MOST_QUESTIONS = 500;

/**
 * What an account holds that nobody declares. In scope are all users, groups and identity providers of the account; of
 * roles and policies those below the namespace, and further roles that IAM users of the account may assume. Other roles
 * belong to others.
 */
export function undeclared(question: UndeclaredQuestion): Undeclared {
  const { declared, actual, inventory, space } = question;
  const known = new PrincipalIndex(declared.flatMap(principalsOf));
  const isDeclared = (principal: User | Role | AccessGraph["groups"][number]) =>
    known.find(principal) !== undefined;
  const strangers = actual.users.filter((user) => !isDeclared(user));
  const isOurs = ({ path }: { readonly path: string }) => space.holdsPath(path);
  const foreignRoles = actual.roles.filter((role) => !isDeclared(role) && !isAwsRole(role));
  const reach = reachedRoles(
    foreignRoles.filter((role) => !isOurs(role)),
    actual,
  );
  const credentials = undeclaredCredentials({
    users: actual.users.map((user) => ({ name: user.name, arn: user.arn, isDeclared: isDeclared(user) })),
    inventory,
    enrolsMfa: (arn) => !/:user\/[^/]+\/ci\//.test(arn),
  });
  const keys = (name: string) => {
    const own = Object.hasOwn(inventory.users, name) ? inventory.users[name]?.accessKeys : undefined;
    return own !== undefined && "value" in own ? own.value.length : 0;
  };
  const providers = undeclaredProviders(declared, inventory);
  const workloads = undeclaredWorkloads(question);
  return {
    facts: [
      ...strangers.map((user) => {
        return { kind: "undeclared-user", address: addressOf(user), user, keys: keys(user.name) } as const;
      }),
      ...actual.groups
        .filter((group) => !isDeclared(group))
        .map((group) => ({ kind: "undeclared-group", address: addressOf(group), group }) as const),
      ...foreignRoles.flatMap((role): readonly UndeclaredFact[] => {
        const assumers = reach.assumers.get(role) ?? [];
        if (!isOurs(role) && assumers.length === 0) return [];
        return [{ kind: "undeclared-role", address: addressOf(role), role, assumers }];
      }),
      ...undeclaredPolicies(declared, actual, isOurs),
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
    othersRoles: foreignRoles.filter((role) => !isOurs(role) && !reach.assumers.has(role)).length,
  };
}

function isAwsRole({ path }: Role): boolean {
  return AWS_PATHS.some((prefix) => path.startsWith(prefix));
}

/** What undeclared users carry themselves is told by itself: who accepts the user has not accepted its next policy. */
function accessOfStranger(user: User): readonly AccessFact[] {
  return [
    ...user.policies.map((policy): AccessFact => {
      const address = `${addressOf(user)}/${policyAddress(policy)}`;
      return { kind: "policy-attached", address, principal: user, policy };
    }),
    ...user.groups.map((group): AccessFact => {
      return { kind: "group-joined", address: `${addressOf(user)}/${addressOf(group)}`, user, group };
    }),
  ];
}

/** Roles of others that IAM users may assume: named in the trust, or let in by the account and a policy of theirs. */
function reachedRoles(roles: readonly Role[], graph: AccessGraph) {
  const compiled = compileGraph(graph);
  const mayAsk = graph.users.filter(holdsAssumeRole);
  const assumers = new Map<Role, readonly string[]>();
  let questions = 0;
  let left = 0;
  for (const role of roles) {
    const { document } = role.trust;
    if ("unknown" in document) continue;
    const named = [...awsPrincipals(document), ...(trustsAnybody(document) ? ["*"] : [])];
    const root = [role.accountId, `arn:aws:iam::${role.accountId}:root`, "*"];
    const isOpen = named.some((principal) => root.includes(principal.replace(/^arn:aws[^:]*:/, "arn:aws:")));
    const users = graph.users.filter((user) => named.includes(user.arn) || (isOpen && mayAsk.includes(user)));
    if (users.length === 0) continue;
    if (questions + users.length > MOST_QUESTIONS) {
      left += 1;
      continue;
    }
    questions += users.length;
    const found = users.filter((user) => mayAssume(user, role, compiled).answer !== "no");
    if (found.length > 0) assumers.set(role, found.map(addressOf));
  }
  return { assumers, left };
}

function trustsAnybody({ Statement }: Parameters<typeof awsPrincipals>[0]): boolean {
  return Statement.some(({ Effect, Principal }) => Effect === "Allow" && Principal === "*");
}

function holdsAssumeRole(user: User): boolean {
  return [user, ...user.groups].some(({ policies }) =>
    policies.some(
      ({ document }) =>
        "unknown" in document ||
        grantsOf(document).some(
          ({ effect, actions }) => effect === "Allow" && meetsAction(actions, "sts:assumerole"),
        ),
    ),
  );
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

function undeclaredProviders(declared: readonly AccessGraph[], inventory: AccountInventory) {
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
      if (known.has(arn) || AWS_PROVIDER.test(arn)) continue;
      const address = arn.split(":").slice(5).join(":");
      facts.push({ kind: "undeclared-identity-provider", address, arn });
    }
  }
  return { facts, gaps };
}
