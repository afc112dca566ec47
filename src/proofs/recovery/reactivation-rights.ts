import type { Role } from "../../iam/graph";
import type { AccessRequest, Network } from "../../iam/request";
import { ROLE_SESSION, WITH_MFA } from "../world/credential-samples";
import type { Expectation } from "../world/expectation";
import { networkSamples } from "../world/network-samples";
import { contextOf } from "../world/trust-faults";
import type { World } from "../world/world";

/** What a reactivation writes; docs/decisions/0005. */
const TAG_KEYS = ["baseline:keep-active-key", "baseline:keep-active-until", "baseline:keep-active-reason"];

/** Roles, in any account, that are declared to trust the user. */
export function rolesOf(world: World, user: string) {
  const known = declaredTrust.get(world) ?? new Map<string, { role: Role }[]>();
  if (!declaredTrust.has(world)) {
    declaredTrust.set(world, known);
    for (const role of world.graph.roles) {
      for (const arn of world.role(role)?.expected.users ?? [])
        known.set(arn, [...(known.get(arn) ?? []), { role }]);
    }
  }
  return known.get(user) ?? [];
}
const declaredTrust = new WeakMap<World, Map<string, { role: Role }[]>>();

/** With MFA, from a network that people work from. */
export function mayAssume(world: World, expectation: Expectation, user: string, role: Role): boolean {
  return world.ask(assumption(world, expectation, user, role)).effect === "Allowed";
}

/** The question of `mayAssume`. */
export function assumption(world: World, expectation: Expectation, user: string, role: Role): AccessRequest {
  const expected = world.role(role)?.expected;
  return {
    principal: user,
    credentials: WITH_MFA,
    network: home(expectation),
    action: "sts:AssumeRole",
    resource: role.arn,
    ...(expected && { context: contextOf(expected, user) }),
  };
}

/** Whether a session of the role may set an access key of the device to Active. */
export function mayReactivate(
  world: World,
  role: Role,
  device: string,
  network: Network,
  tagging = false,
): boolean {
  return failing(world, role, device, network, tagging) === undefined;
}

/** The first step of a reactivation that a session of the role may not do. */
export function failing(world: World, role: Role, device: string, network: Network, tagging: boolean) {
  const asked = { principal: role.arn, credentials: ROLE_SESSION, network, resource: device } as const;
  const requests: readonly AccessRequest[] = [
    { ...asked, action: "iam:ListAccessKeys" },
    { ...asked, action: "iam:UpdateAccessKey" },
    ...(tagging ? [{ ...asked, action: "iam:TagUser", context: { "aws:TagKeys": TAG_KEYS } }] : []),
  ];
  for (const request of requests) {
    const decision = world.ask(request);
    if (decision.effect !== "Allowed") return { request, decision };
  }
  return undefined;
}

/** A network that people work from. */
export function home(expectation: Expectation): Network {
  return networkSamples(expectation, []).inside[0] ?? "none";
}
