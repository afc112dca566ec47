import { defineRule } from "../findings/rule";
import type { AccessRequest, Credentials, Network } from "../iam/request";
import { isAllowedWithoutMfa } from "./self-service";
import { describeCredentials, WITH_MFA, WITHOUT_MFA } from "./world/credential-samples";
import { denyAtoms } from "./world/deny-atoms";
import { describeNetwork } from "./world/describe";
import { networkSamples } from "./world/network-samples";
import { ANY_ACTION, unique } from "./world/policy-parts";
import type { BrokenProof } from "./world/proof";
import { subjectOf, subjectOfArn } from "./world/subject";
import type { UserClass } from "./world/user-classes";
import { broken, type World } from "./world/world";

export const USERS_NEED_MFA = defineRule({
  id: "users-need-mfa",
  area: "proof",
  title: "Without MFA the guard does not deny something",
  severities: ["critical"],
  why: "A leaked access key carries no MFA. The guard denies by an explicit Deny, so that no further Allow can ever defeat it; federation tokens, which carry no MFA and outlive the key, are always denied.",
  example: {
    before: 'Bool { "aws:MultiFactorAuthPresent": "false" }, which an access key does not carry',
    after: 'BoolIfExists { "aws:MultiFactorAuthPresent": "false" }',
  },
  remedy: "Keep the guard on every group of people, and change nothing of it.",
  reference: {
    title: "aws:MultiFactorAuthPresent",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
  },
  since: "0.1.0",
});

export const USERS_STAY_IN_NETWORKS = defineRule({
  id: "users-stay-in-networks",
  area: "proof",
  title: "From outside the allowed networks the guard does not deny something",
  severities: ["high"],
  why: "A stolen key is used from elsewhere. Any action on any resource with any credentials is denied from every other address and VPC, and where neither is known.",
  example: {
    before: "aws:SourceIp in a guard that spares a VPC which nobody listed",
    after: 'allowedVpcs: ["vpc-..."], or no such VPC',
  },
  remedy:
    "List the network in allowedNetworks or the VPC in allowedVpcs if people work there; otherwise keep the guard as it is made.",
  since: "0.1.0",
});

/**
 * The guard denies, and by an explicit Deny: for an action and a resource that no policy names, and for all that
 * policies name, so that no Allow that somebody adds later can defeat it. One counterexample a class and proof.
 */
export function proveGuard(world: World, classes: readonly UserClass[]): readonly BrokenProof[] {
  return classes
    .filter(({ expected }) => expected?.kind !== "ci")
    .flatMap((one) => [
      ...(one.guard.mfa || one.expected === undefined ? withoutMfa(world, one) : []),
      ...(one.guard.networks || one.expected === undefined ? fromOutside(world, one) : []),
      ...federation(world, one),
    ]);
}

function withoutMfa(world: World, one: UserClass): readonly BrokenProof[] {
  const actions = actionsOf(one).filter((action) => !isAllowedWithoutMfa(action));
  return first(world, one, USERS_NEED_MFA.id, actions, WITHOUT_MFA, workplaces(one), {
    what: "is not denied",
    remedy: `keep the guard on the groups of ${subjectOfArn(one.representatives[0]?.arn ?? "")}: set guard.mfa of a developer group to true, and change nothing of the guard policy`,
  });
}

function fromOutside(world: World, one: UserClass): readonly BrokenProof[] {
  const actions = actionsOf(one).filter((action) => action.toLowerCase() !== "sts:getcalleridentity");
  const { outside } = samplesOf(one);
  return first(
    world,
    one,
    USERS_STAY_IN_NETWORKS.id,
    actions,
    [WITH_MFA, ...WITHOUT_MFA.slice(0, 1)],
    outside,
    {
      what: "is not denied",
      remedy:
        "list the network in allowedNetworks or the VPC in allowedVpcs if people work there; otherwise keep the guard's network part on their groups",
    },
  );
}

function federation(world: World, one: UserClass): readonly BrokenProof[] {
  const credentials: readonly Credentials[] = [{ kind: "long-term-key" }, WITH_MFA];
  return first(world, one, USERS_NEED_MFA.id, ["sts:GetFederationToken"], credentials, workplaces(one), {
    what: "is not denied, and a federation token carries no MFA and outlives the key",
    remedy: "put the user into a developer group: every guard denies sts:GetFederationToken",
  });
}

function actionsOf({ parts }: UserClass): readonly string[] {
  return unique([ANY_ACTION, ...parts.granted, ...parts.deniedOrSpared]);
}

const samples = new WeakMap<UserClass, ReturnType<typeof networkSamples>>();
function samplesOf(one: UserClass) {
  let known = samples.get(one);
  if (known === undefined) {
    known = networkSamples(one.expectation, one.parts.conditions);
    samples.set(one, known);
  }
  return known;
}

/** From where people work; an environment that lists no network, for what it takes over, has not ruled any out. */
function workplaces(one: UserClass): readonly Network[] {
  const { inside } = samplesOf(one);
  const { networks, vpcs } = one.expectation;
  return networks.length + vpcs.length > 0 ? inside.slice(0, 1) : inside;
}

function first(
  world: World,
  one: UserClass,
  proof: string,
  actions: readonly string[],
  credentials: readonly Credentials[],
  networks: readonly Network[],
  words: { readonly what: string; readonly remedy: string },
): readonly BrokenProof[] {
  const [user] = one.representatives;
  if (user === undefined) return [];
  const atoms = denyAtoms(world, one, user);
  for (const action of atoms.actions(actions)) {
    for (const resource of atoms.resources) {
      for (const signed of credentials) {
        for (const network of atoms.networks(networks, signed)) {
          const request: AccessRequest = {
            principal: user.arn,
            credentials: signed,
            network,
            action,
            resource,
          };
          const decision = world.ask(request);
          if (decision.effect === "ExplicitlyDenied") continue;
          // nobody's device has no guard to keep: what no policy allows is not open
          if (one.expected?.isNobodysDevice === true && decision.effect === "ImplicitlyDenied") continue;
          const others = one.members.length > 1 ? ` (and ${one.members.length - 1} more users)` : "";
          const shown = action === ANY_ACTION ? "any action" : action;
          const message = `${shown} by ${user.name}${others} with ${describeCredentials(signed)} from ${describeNetwork(network)} ${words.what}`;
          const parts = {
            proof,
            environment: one.expectation.environment,
            subject: subjectOf(user),
            message,
          };
          return [broken({ ...parts, remedy: words.remedy }, request, decision)];
        }
      }
    }
  }
  return [];
}
