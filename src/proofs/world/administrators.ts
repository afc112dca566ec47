import type { Role } from "../../iam/graph";
import type { AccessRequest, Network } from "../../iam/request";
import { ROLE_SESSION, WITH_MFA } from "./credential-samples";
import { DECISIVE } from "./decisive";
import { grantsIam } from "./grants-iam";
import { networkSamples } from "./network-samples";
import { accountPart } from "./resource-samples";
import { trustPrincipals } from "./trust-principals";
import type { UserClass } from "./user-classes";
import { isPossible, type World } from "./world";

/** Principals with administrator rights, by ARN; and roles from which sessions lead on to one of them. */
export interface Administrators {
  /** Administrator rights of their own. */
  readonly holders: ReadonlySet<string>;
  /** Roles that hold them or can assume one that does, with the chain. */
  readonly chains: ReadonlyMap<string, readonly Role[]>;
}

export function administratorsOf(world: World, classes: readonly UserClass[]): Administrators {
  const holders = new Set<string>();
  for (const role of world.graph.roles) {
    if (!grantsIam(role.policies)) continue;
    // sessions that work from some networks alone are an administrator's there
    const expectation = world.expectationFor(role);
    const inside = expectation === undefined ? [] : networkSamples(expectation, []).inside.slice(0, 1);
    const from: readonly Network[] = role.permissionsBoundary === undefined ? ["none"] : ["none", ...inside];
    if (from.some((network) => holdsRights(world, role.arn, ROLE_SESSION, network))) holders.add(role.arn);
  }
  for (const one of classes) {
    const [user] = one.representatives;
    if (user === undefined || !grantsIam(one.policies.map(({ policy }) => policy))) continue;
    const [network = "none"] = networkSamples(one.expectation, one.parts.conditions).inside;
    if (holdsRights(world, user.arn, WITH_MFA, network)) for (const { arn } of one.members) holders.add(arn);
  }
  return { holders, chains: chainsTo(world, holders) };
}

function holdsRights(
  world: World,
  principal: string,
  credentials: AccessRequest["credentials"],
  network: Network,
): boolean {
  const account = accountPart(principal);
  return DECISIVE.every(([action, type]) =>
    isPossible(
      world.ask({
        principal,
        credentials,
        network,
        action,
        resource: `${account}:${type}/proof/any-${type}`,
      }),
    ),
  );
}

/** Roles that lead to a holder by AssumeRole, however many hops. Only trust policies that name roles or accounts matter. */
function chainsTo(world: World, holders: ReadonlySet<string>): ReadonlyMap<string, readonly Role[]> {
  const { roles } = world.graph;
  const chains = new Map<string, readonly Role[]>();
  for (const role of roles) if (holders.has(role.arn)) chains.set(role.arn, [role]);
  const open = roles.filter((role) => {
    const { broad, known } = trustPrincipals(role);
    return broad.length > 0 || !known;
  });
  for (let grew = open.length > 0; grew; ) {
    grew = false;
    for (const target of open) {
      const chain = chains.get(target.arn);
      if (chain === undefined) continue;
      for (const role of roles) {
        if (chains.has(role.arn)) continue;
        const request = {
          principal: role.arn,
          credentials: ROLE_SESSION,
          action: "sts:AssumeRole",
          resource: target.arn,
        } as const;
        if (!isPossible(world.ask({ ...request, network: "none" }))) continue;
        chains.set(role.arn, [role, ...chain]);
        grew = true;
      }
    }
  }
  return chains;
}
