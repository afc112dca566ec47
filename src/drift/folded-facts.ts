import { type AccessFact, addressOf, type FactOf } from "./access-fact";
import type { UndeclaredFact } from "./undeclared-fact";

type ProfileKind = "instance-profile-added" | "instance-profile-removed";

/**
 * Facts without those that another one brings along: one change, one finding. With a deleted policy go its
 * attachments; with a principal that was deleted or made again, the unique ids in trust policies; with another role in an
 * instance profile the declared one.
 */
export function foldedFacts(facts: readonly AccessFact[]): readonly AccessFact[] {
  const deletedPolicies = new Set(
    facts.filter(isKind("policy-deleted")).map(({ policy }) => policy.arn ?? policy.name),
  );
  const changed = new Set(facts.filter(isKind("policy-changed")).map(({ address }) => address));
  const gone = new Set(facts.filter(isKind("principal-deleted")).map(({ principal }) => principal.arn));
  const recreated = facts.filter(isKind("principal-recreated"));
  const renewed = new Set(
    recreated.filter(({ trustedBy }) => trustedBy === undefined).flatMap(({ arns }) => arns),
  );
  const again = new Set(
    recreated.filter(({ trustedBy }) => trustedBy === undefined).map(({ address }) => address),
  );
  const profiles = (kind: ProfileKind, { profile }: FactOf<ProfileKind>) =>
    facts.filter(isKind(kind)).filter((other) => other.profile === profile);
  return facts.flatMap((fact): readonly AccessFact[] => {
    switch (fact.kind) {
      case "policy-detached":
        return fact.policy.arn !== undefined && deletedPolicies.has(fact.policy.arn) ? [] : [fact];
      case "instance-profile-removed":
        return profiles("instance-profile-added", fact).length > 0 ? [] : [fact];
      case "instance-profile-added": {
        const [removed] = profiles("instance-profile-removed", fact);
        return [removed === undefined ? fact : { ...fact, inPlaceOf: removed.role }];
      }
      case "policy-version-waiting":
        // an older version was set as the default: that is told
        return changed.has(fact.address) ? [] : [fact];
      case "path-changed":
        // a role has another path only by being made again
        return again.has(fact.address) ? [] : [fact];
      case "policy-deleted":
        return [{ ...fact, carriers: carriersOf(fact, facts) }];
      case "principal-recreated": {
        const { trustedBy, arns } = fact;
        if (trustedBy === undefined) return [{ ...fact, trusting: trustingOf(fact, recreated) }];
        const isBrought = arns.length > 0 && arns.every((arn) => gone.has(arn) || renewed.has(arn));
        return isBrought ? [] : [fact];
      }
      default:
        return [fact];
    }
  });
}

/** Without ways up of principals whose own rights somebody changed: that is told, and goes with its repair. */
export function withoutBroughtWays(
  strangers: readonly UndeclaredFact[],
  facts: readonly AccessFact[],
): readonly UndeclaredFact[] {
  const changed = facts.flatMap((fact) =>
    "carriers" in fact ? (fact.carriers ?? []) : [fact.address.split("/").slice(0, 2).join("/")],
  );
  return strangers.filter(({ kind, address }) => kind !== "undeclared-way-up" || !changed.includes(address));
}

function carriersOf({ policy }: FactOf<"policy-deleted">, facts: readonly AccessFact[]): readonly string[] {
  return facts
    .filter(isKind("policy-detached"))
    .filter((detached) => detached.policy.arn === policy.arn)
    .map(({ principal }) => addressOf(principal));
}

function trustingOf(
  { arns }: FactOf<"principal-recreated">,
  recreated: readonly FactOf<"principal-recreated">[],
): readonly string[] {
  return recreated
    .filter((other) => other.trustedBy !== undefined && other.arns.some((arn) => arns.includes(arn)))
    .map(({ address }) => address);
}

function isKind<K extends AccessFact["kind"]>(kind: K) {
  return (fact: AccessFact): fact is FactOf<K> => fact.kind === kind;
}
