import { compileDocument } from "../../iam/evaluation/statement-match";
import type { User } from "../../iam/graph";
import type { Credentials, Network } from "../../iam/request";
import { contextOf } from "./allowed-samples";
import { ANY_RESOURCE, unique } from "./policy-parts";
import { instancesOf, mfaArnOf } from "./resource-samples";
import type { UserClass } from "./user-classes";
import type { World } from "./world";

/** One of each kind that the Deny statements of a class can tell apart. */
export interface DenyAtoms {
  readonly actions: (all: readonly string[]) => readonly string[];
  readonly networks: (all: readonly Network[], credentials: Credentials) => readonly Network[];
  readonly resources: readonly string[];
}

/**
 * Whether a Deny applies depends on nothing but which Deny statements cover the action and the resource, and which of
 * their conditions hold. Samples that agree in all of that are one question.
 */
export function denyAtoms(world: World, one: UserClass, user: User): DenyAtoms {
  const denies = one.policies.flatMap(({ policy }) =>
    "unknown" in policy.document
      ? []
      : compileDocument(policy.document).filter(({ statement }) => statement.Effect === "Deny"),
  );
  const everywhere = denies.every(({ statement }) => statement.Resource === "*");
  return {
    actions: (all) =>
      distinct(all, (action) => {
        const lower = action.toLowerCase();
        return denies.map(({ actions }) => actions.set.covers(lower));
      }),
    networks: (all, credentials) =>
      distinct(all, (network) => {
        const context = contextOf(world, user, credentials, network);
        return denies.map(({ conditions }) => conditions.map((condition) => condition.holds(context)));
      }),
    resources: everywhere
      ? [ANY_RESOURCE]
      : unique([
          ANY_RESOURCE,
          user.arn,
          mfaArnOf(user),
          ...one.parts.resources.flatMap((pattern) => instancesOf(pattern, user)),
        ]),
  };
}

function distinct<T>(all: readonly T[], signature: (item: T) => unknown): readonly T[] {
  const first = new Map<string, T>();
  for (const item of all) {
    const key = JSON.stringify(signature(item));
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}
