import { listOf } from "../../policies/policy-document";
import { effectivePolicies, type PolicyInForce } from "../evaluate";
import { callerOf } from "../evaluation/caller";
import { compileConditions } from "../evaluation/conditions";
import { requestContext } from "../evaluation/request-context";
import type { AttachedPolicy, User } from "../graph";
import type { Expectation, ExpectedUser } from "./expectation";
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

/** Groups users by account, path, groups, own policies, boundary, declaration and what conditions on their identity say. */
export function userClasses(world: World): readonly UserClass[] {
  const tests = identityConditions(world);
  const classes = new Map<string, User[]>();
  const numbers = new Map<unknown, number>();
  const numberOf = (thing: unknown): number => {
    const number = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, number);
    return number;
  };
  for (const user of world.graph.users) {
    if (world.expectationFor(user) === undefined) continue;
    const expected = world.users.get(user.arn)?.expected;
    const key = JSON.stringify([
      user.accountId,
      user.path,
      expected?.kind,
      expected?.groups,
      user.groups.map(numberOf).sort(),
      [...user.policies, ...(user.permissionsBoundary ? [user.permissionsBoundary] : [])].map(
        ({ document }) => numberOf(document),
      ),
      tests.map((test) => test(user)),
    ]);
    const members = classes.get(key);
    if (members === undefined) classes.set(key, [user]);
    else members.push(user);
  }
  return [...classes.values()].flatMap((members) => userClass(world, members) ?? []);
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
      mfa: groups.some(({ guard }) => guard.mfa),
      networks: groups.some(({ guard }) => guard.networks),
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
