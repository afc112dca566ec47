import { EMPTY_GRAPH } from "../../iam/empty-graph";
import { type Group, type Role, UNKNOWN_PART, type User } from "../../iam/graph";
import type { PlannedAction, ReviewedEnvironment } from "../reviewed-environment";

/** The same principal on both sides, or one that comes or goes. */
export interface Pair<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

export interface PrincipalPairs {
  readonly users: readonly Pair<User>[];
  readonly groups: readonly Pair<Group>[];
  readonly roles: readonly Pair<Role>[];
}

export function graphsOf({ before, after }: ReviewedEnvironment) {
  return { before: before?.graph ?? EMPTY_GRAPH, after: after?.graph ?? EMPTY_GRAPH };
}

/**
 * Who is who: by ARN, then by address (moved ones too), then by kind and name. A principal that Terraform deletes and
 * makes anew under one name is one here, and told as replaced.
 */
export function principalPairs(reviewed: ReviewedEnvironment): PrincipalPairs {
  const { before, after } = graphsOf(reviewed);
  const addresses = renamedAddresses(reviewed);
  return {
    users: pairs(before.users, after.users, addresses),
    groups: pairs(before.groups, after.groups, addresses),
    roles: pairs(before.roles, after.roles, addresses),
  };
}

/** New addresses by old ones, without the stack. */
export function renamedAddresses({ moved, actions = [] }: ReviewedEnvironment): ReadonlyMap<string, string> {
  const plain = (key: string) => key.slice(key.lastIndexOf(":") + 1);
  const named = actions.flatMap((action: PlannedAction) =>
    action.previousAddress === undefined ? [] : [[action.previousAddress, action.address] as const],
  );
  return new Map([...[...moved].map(([from, to]) => [plain(from), plain(to)] as const), ...named]);
}

interface Named {
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly address: string;
}

function pairs<T extends Named>(
  before: readonly T[],
  after: readonly T[],
  addresses: ReadonlyMap<string, string>,
): readonly Pair<T>[] {
  const unmatched = new Set(after);
  const matches = new Map<T, T>();
  const match = (keyOf: (principal: T, isBefore: boolean) => string | undefined) => {
    const byKey = new Map<string, T>();
    for (const principal of unmatched) {
      const key = keyOf(principal, false);
      if (key !== undefined && !byKey.has(key)) byKey.set(key, principal);
    }
    for (const principal of before) {
      if (matches.has(principal)) continue;
      const counterpart = byKey.get(keyOf(principal, true) ?? "");
      if (counterpart === undefined || !unmatched.has(counterpart)) continue;
      matches.set(principal, counterpart);
      unmatched.delete(counterpart);
    }
  };
  match(({ arn }) => (arn === "" || arn.includes(UNKNOWN_PART) ? undefined : arn));
  match(({ address }, isBefore) =>
    address === "" ? undefined : isBefore ? (addresses.get(address) ?? address) : address,
  );
  match(({ name, accountId }) =>
    name === "" || name.includes(UNKNOWN_PART) ? undefined : `${accountId}/${name.toLowerCase()}`,
  );
  return [
    ...before.map((principal) => ({ before: principal, after: matches.get(principal) })),
    ...[...unmatched].map((principal) => ({ before: undefined, after: principal })),
  ];
}
