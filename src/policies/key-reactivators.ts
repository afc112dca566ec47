import { IamArns } from "../environment/arns";
import type { Environment } from "../environment/environment";
import { accessGraph } from "../iam/access-graph";
import { compileGraph, evaluate } from "../iam/evaluate";
import type { Network } from "../iam/request";
import { rolePolicy } from "./environment-policies";
import { roleTrust } from "./role-trust";

/** What setting a key to Active takes, with a session of the role. */
const ACTIONS = ["iam:ListAccessKeys", "iam:UpdateAccessKey"];

/**
 * For each device the devices of the same owner whose key it can set to Active, through the roles of its own
 * environment that it lists: asked of their policies, so that a role of any making counts and none that only sounds so.
 * What is not known does not count.
 */
export function reactivationsOf(environment: Environment): ReadonlyMap<string, readonly string[]> {
  const arns = new IamArns(environment);
  const devices = Object.entries(environment.devices);
  const mayReactivate = asker(environment);
  return new Map(
    devices.map(([name, { owner, roles }]) => [
      name,
      devices
        .filter(([other, device]) => other !== name && device.owner === owner)
        .map(([other]) => other)
        .filter((other) => roles.some((role) => mayReactivate(role, arns.user(arns.paths.device, other)))),
    ]),
  );
}

/**
 * For each owner of several devices those from which any other of them is set to Active; owners who have none are left
 * out. Sorted.
 */
export function reactivatorsOf(environment: Environment): readonly (readonly string[])[] {
  const reactivations = reactivationsOf(environment);
  const owners = new Map<string, string[]>();
  for (const [name, { owner }] of Object.entries(environment.devices))
    owners.set(owner, [...(owners.get(owner) ?? []), name]);
  return [...owners]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, devices]) =>
      devices
        .filter((device) => devices.length > 1 && reactivations.get(device)?.length === devices.length - 1)
        .sort(),
    )
    .filter((devices) => devices.length > 0);
}

function asker(environment: Environment): (role: string, device: string) => boolean {
  const arns = new IamArns(environment);
  const [sourceIp = ""] = environment.allowedNetworks.map((network) => network.split("/")[0] ?? "");
  const network: Network = sourceIp === "" ? "none" : { sourceIp };
  const graph = compileGraph(
    accessGraph({
      accountId: environment.accountId,
      partition: environment.partition,
      roles: Object.entries(environment.roles).map(([name, role]) => {
        const own = rolePolicy(environment, role)?.document;
        const boundary = role.permissionsBoundary;
        return {
          name,
          path: arns.paths.root,
          trust: roleTrust(environment, [environment], name, role),
          policies: [
            ...role.managedPolicies.map((policy) => arns.managedPolicy(policy)),
            ...(own ? [own] : []),
          ],
          ...(boundary !== undefined && {
            permissionsBoundary:
              typeof boundary === "string"
                ? arns.managedPolicy(boundary)
                : { Version: "2012-10-17" as const, Statement: boundary },
          }),
        };
      }),
    }),
  );
  return (role, device) =>
    Object.hasOwn(environment.roles, role) &&
    ACTIONS.every(
      (action) =>
        evaluate(
          {
            principal: arns.role(role),
            credentials: { kind: "role-session", sessionName: "recovery" },
            network,
            action,
            resource: device,
          },
          graph,
        ).effect === "Allowed",
    );
}
