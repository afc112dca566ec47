import type { Decision } from "../../iam/decision";
import type { Role, User } from "../../iam/graph";
import type { AccessRequest, Network } from "../../iam/request";
import { describeCredentials, WITH_MFA, WITHOUT_MFA } from "./credential-samples";
import { describeNetwork } from "./describe";
import type { ExpectedRole } from "./expectation";
import { networkSamples } from "./network-samples";
import { documentParts } from "./policy-parts";
import { subjectOf, subjectOfArn } from "./subject";
import { trustPrincipals } from "./trust-principals";
import type { ClassOf } from "./user-classes";
import { isPossible, type Of, type World } from "./world";

/** How a role can be entered otherwise than declared. */
export interface TrustFault {
  readonly message: string;
  readonly remedy: string;
  readonly request?: AccessRequest;
  readonly decision?: Decision;
}

/** Everything in which a role's trust differs from its declaration, but for what it fails to allow. */
export function trustFaults(world: World, role: Role, classOf: ClassOf): readonly TrustFault[] {
  const declared = world.role(role);
  return [
    ...namedFaults(role, declared?.expected),
    ...(declared ? conditionFaults(world, role, declared, classOf) : []),
  ];
}

function namedFaults(role: Role, expected: ExpectedRole | undefined): readonly TrustFault[] {
  const { users, broad, services, providers, known } = trustPrincipals(role);
  const name = subjectOf(role);
  if (!known) {
    return [
      {
        message: `who may assume ${name} is not known`,
        remedy: "write the trust policy so that it is known before apply",
      },
    ];
  }
  const declaredProviders = new Set(
    [expected?.github, expected?.oidc, expected?.saml].map((trust) => trust?.providerArn),
  );
  const accounts = new Set([
    ...(expected?.byPath?.accountRoots ?? []),
    ...(expected?.permissionSet === undefined ? [] : [expected.permissionSet.accountRoot]),
  ]);
  const allowed = new Set([...(expected?.users ?? []), ...(expected?.externalUsers ?? [])]);
  return [
    ...broad
      .filter((principal) => !accounts.has(principal))
      .map((principal) => ({
        message: `${name} trusts ${principal}, which is no single user`,
        remedy: "name each user by listing the role in the `roles` of its device",
      })),
    ...users
      .filter((user) => !allowed.has(user))
      .map((user) => ({
        message: `${name} trusts ${user}, which does not list it`,
        remedy: `add the role to the \`roles\` of ${subjectOfArn(user)}, or take the user out of the trust policy`,
      })),
    ...services
      .filter(
        (service) =>
          expected !== undefined &&
          service !== expected.service &&
          expected.services?.includes(service) !== true,
      )
      .map((service) => ({
        message: `${name} trusts the service ${service}, which it does not declare`,
        remedy: `declare it as the role's \`service\`, or take it out of the trust policy`,
      })),
    ...providers
      .filter((provider) => !declaredProviders.has(provider))
      .map((provider) => ({
        message: `${name} trusts the identity provider ${provider}, which it does not declare`,
        remedy:
          "declare `github`, `oidc` or `saml` in the role, or take the provider out of the trust policy",
      })),
  ];
}

function conditionFaults(
  world: World,
  role: Role,
  { expected, expectation }: Of<ExpectedRole>,
  classOf: ClassOf,
): readonly TrustFault[] {
  const { document } = role.trust;
  const conditions = "unknown" in document ? [] : documentParts(document).conditions;
  const { inside, outside } = networkSamples(expectation, conditions);
  const [allowed = "none"] = inside;
  const tooOld = { kind: "session-token", mfaAgeSeconds: expected.maxMfaAgeSeconds + 1 } as const;
  const faults: TrustFault[] = [];
  const byPath = expected.byPath === undefined ? [] : expected.users;
  for (const user of representativesOf(world, [...trustPrincipals(role).users, ...byPath], classOf)) {
    const ask = (
      credentials: AccessRequest["credentials"],
      network: Network,
      remedy: string,
      context: AccessRequest["context"] = contextOf(expected, user),
    ): boolean => {
      const request = {
        principal: user,
        credentials,
        network,
        action: "sts:AssumeRole",
        resource: role.arn,
        context,
      };
      const decision = world.askTrust(request);
      if (!isPossible(decision)) return false;
      const verb = decision.effect === "Unknown" ? "may perhaps assume" : "may assume";
      const message = `${subjectOfArn(user)} ${verb} ${subjectOf(role)} with ${describeCredentials(credentials)} from ${describeNetwork(network)}`;
      faults.push({ message, remedy, request, decision });
      return true;
    };
    for (const credentials of WITHOUT_MFA) {
      if (
        ask(
          credentials,
          allowed,
          "ask for MFA (Bool aws:MultiFactorAuthPresent true) in the role's trust policy",
        )
      )
        break;
    }
    ask(
      tooOld,
      allowed,
      `ask for MFA not older than trust.maxMfaAgeSeconds (${expected.maxMfaAgeSeconds} s)`,
    );
    if (expected.networks) {
      for (const network of outside) {
        if (
          ask(
            WITH_MFA,
            network,
            "keep the allowed networks in the role's trust policy, or list the network in allowedNetworks",
          )
        )
          break;
      }
    }
    if (expected.sourceIdentity) {
      const other = { ...contextOf(expected, user), "sts:SourceIdentity": "someone-else" };
      ask(WITH_MFA, allowed, "ask for sts:SourceIdentity to be the user's name", other);
    }
    if (expected.sessionName === true) {
      const other = { ...contextOf(expected, user), "sts:RoleSessionName": "someone-else" };
      ask(WITH_MFA, allowed, "ask for sts:RoleSessionName to be the user's name", other);
    }
  }
  return faults;
}

/** What a person gives with AssumeRole. */
export function contextOf(expected: ExpectedRole, user: string): Readonly<Record<string, string>> {
  return {
    ...(expected.sourceIdentity && { "sts:SourceIdentity": user.slice(user.lastIndexOf("/") + 1) }),
    ...(expected.sessionName === true && { "sts:RoleSessionName": user.slice(user.lastIndexOf("/") + 1) }),
    ...(expected.externalId !== undefined &&
      expected.externalUsers.includes(user) && { "sts:ExternalId": expected.externalId }),
  };
}

/** One user of each class among those that are named, and every user that the graph does not hold. */
export function representativesOf(
  world: World,
  users: readonly string[],
  classOf: ClassOf,
): readonly User["arn"][] {
  const seen = new Set<number>();
  const found: string[] = [];
  for (const user of users) {
    const number = classOf(user);
    if (number === undefined) {
      if (typeof world.compiled.find(user) === "object" || !world.users.has(user)) found.push(user);
    } else if (!seen.has(number)) {
      seen.add(number);
      found.push(user);
    }
  }
  return found;
}
