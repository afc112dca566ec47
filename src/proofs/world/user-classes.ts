import { effectivePolicies, type PolicyInForce } from "../../iam/evaluate";
import { callerOf } from "../../iam/evaluation/caller";
import { compileConditions } from "../../iam/evaluation/conditions";
import { requestContext } from "../../iam/evaluation/request-context";
import type { AttachedPolicy, User } from "../../iam/graph";
import { listOf } from "../../iam/policy-document";
import type { Expectation, ExpectedUser } from "./expectation";
import { Numbers } from "./numbers";
import { type DocumentParts, partsOf } from "./policy-parts";
import type { World } from "./world";

/** Users that no policy tells apart but by their names: what is proven of two of them is proven of all. */
export interface UserClass {
  /** The first and the last by name: two, so that a policy that names one user is found out by the other. */
  readonly representatives: readonly User[];
  readonly members: readonly User[];
  readonly policies: readonly PolicyInForce[];
  readonly parts: DocumentParts;
  readonly expectation: Expectation;
  /** The declaration that all members share but for names and roles; nothing for users that nobody declared. */
  readonly expected: ExpectedUser | undefined;
  /** What the guards of its declared groups deny together. */
  readonly guard: { readonly mfa: boolean; readonly networks: boolean };
  readonly selfReactivation: boolean;
}

/** Condition keys by which a policy can tell one user from another. */
const TELLS_APART = /^aws:(?:username|userid|principalarn|principaltag\/.*)$/;

/** Users by class, and by what trust policies alone can tell them apart. */
export interface UserClasses {
  readonly classes: readonly UserClass[];
  readonly classOf: ClassOf;
  /** The same number for users of one account for whom conditions on the caller's identity say the same. */
  readonly identityOf: ClassOf;
}

/** Which class each user is in. */
export type ClassOf = (userArn: string) => number | undefined;

/** Groups users by account, path, groups, own policies, boundary, declaration and what conditions on their identity say. */
export function userClasses(world: World): UserClasses {
  const tests = identityConditions(world);
  const classes = new Numbers();
  const identities = new Numbers();
  const things = new Numbers();
  const members: User[][] = [];
  for (const user of world.graph.users) {
    if (world.expectationFor(user) === undefined) continue;
    const expected = world.users.get(user.arn)?.expected;
    const identity = JSON.stringify([user.accountId, tests.map((test) => test(user))]);
    identities.put(user.arn, identity);
    const own = [...user.policies, ...(user.permissionsBoundary ? [user.permissionsBoundary] : [])];
    const number = classes.put(
      user.arn,
      JSON.stringify([
        identity,
        user.path,
        expected?.kind,
        expected?.groups,
        expected?.guard,
        expected?.isNobodysDevice,
        user.groups.map((group) => things.of(group)).sort(),
        own.map(({ document }) => things.of(document)),
      ]),
    );
    const alike = members[number];
    if (alike === undefined) members[number] = [user];
    else alike.push(user);
  }
  return {
    classes: members.flatMap((alike) => userClass(world, alike) ?? []),
    classOf: classes.find,
    identityOf: identities.find,
  };
}

function userClass(world: World, members: readonly User[]): UserClass | undefined {
  const sorted = [...members].sort((a, b) => (a.name < b.name ? -1 : 1));
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const expectation = world.expectationFor(first);
  if (expectation === undefined) return undefined;
  const expected = world.users.get(first.arn)?.expected;
  const groups = (expected?.groups ?? []).flatMap((arn) => world.groups.get(arn)?.expected ?? []);
  const policies = effectivePolicies(first);
  return {
    representatives: first === last ? [first] : [first, last],
    members: sorted,
    policies,
    parts: partsOf(policies),
    expectation,
    expected,
    guard: {
      mfa: expected?.guard?.mfa === true || groups.some(({ guard }) => guard.mfa),
      networks: expected?.guard?.networks === true || groups.some(({ guard }) => guard.networks),
    },
    selfReactivation: groups.some(({ selfReactivation }) => selfReactivation),
  };
}

/** The answers of every distinct condition on a caller's identity: users that differ in one are in different classes. */
function identityConditions(world: World): readonly ((user: User) => unknown)[] {
  const blocks = new Map<string, (user: User) => unknown>();
  const documents = new Set(allPolicies(world).map(({ document }) => document));
  for (const document of documents) {
    if ("unknown" in document) continue;
    for (const { Condition } of document.Statement) {
      for (const [operator, keys] of Object.entries(Condition ?? {})) {
        for (const [key, values] of Object.entries(keys)) {
          if (!TELLS_APART.test(key.toLowerCase())) continue;
          const [condition] = compileConditions({ [operator]: { [key]: listOf(values) } }, true);
          if (condition === undefined || blocks.has(condition.text)) continue;
          blocks.set(condition.text, (user) => {
            const request = {
              principal: user.arn,
              credentials: { kind: "long-term-key" },
              network: "none",
              action: "sts:GetCallerIdentity",
              resource: "*",
            } as const;
            const caller = callerOf(request, world.compiled);
            const { lookup } = requestContext({ request, caller, mayTagSessions: false });
            return condition.holds({ lookup, note: () => {} });
          });
        }
      }
    }
  }
  return [...blocks.values()];
}

function allPolicies({ graph }: World): readonly AttachedPolicy[] {
  return [
    ...graph.users.flatMap(({ policies, permissionsBoundary }) => [
      ...policies,
      ...(permissionsBoundary ? [permissionsBoundary] : []),
    ]),
    ...graph.groups.flatMap(({ policies }) => policies),
    ...graph.roles.map(({ trust }) => trust),
  ];
}
