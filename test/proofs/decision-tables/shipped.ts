import { IamArns } from "../../../src/environment/arns";
import type { Environment } from "../../../src/environment/environment";
import { roleReference } from "../../../src/environment/role-references";
import { type CompiledGraph, compileGraph, evaluate } from "../../../src/iam/evaluate";
import type { Role, User } from "../../../src/iam/graph";
import type { AccessRequest, Credentials, Network } from "../../../src/iam/request";
import { graphOfStacks } from "../../../src/proofs/prove-stacks";
import { validateBaseline } from "../../../src/proofs/validate-baseline";
import { NOW } from "../../builders/environment";
import { environments as inputs } from "../../shipped";
import { synthesize } from "../../support/synthesize";

/** The shipped environments as they are synthesized, in one graph. */
export const shippedEnvironments: readonly Environment[] = validateBaseline(inputs, NOW);
export const shipped: CompiledGraph = compileGraph(
  graphOfStacks([...synthesize(...inputs)].map(([name, { json }]) => ({ name, configuration: json }))),
);

/** Every declared device and break-glass user, with its environment. */
export const people: readonly (readonly [name: string, environment: Environment, arn: string])[] =
  shippedEnvironments.flatMap((environment) => {
    const arns = new IamArns(environment);
    return [
      ...Object.keys(environment.devices).map(
        (name) => [name, environment, arns.user(arns.paths.device, name)] as const,
      ),
      ...Object.keys(environment.breakGlass).map(
        (name) => [name, environment, arns.user(arns.paths.breakGlass, name)] as const,
      ),
    ];
  });

/** Every pair of a person and a role, and whether the person lists it. */
export const assumptions: readonly (readonly [
  user: string,
  role: string,
  listed: boolean,
  userArn: string,
  target: Role,
  owner: Environment,
])[] = people.flatMap(([name, environment, arn]) => {
  const written = environment.devices[name]?.roles ?? environment.breakGlass[name]?.roles ?? [];
  const listed = written.map((text) => roleReference(environment, text));
  return shippedEnvironments.flatMap((owner) =>
    Object.keys(owner.roles).map((role) => {
      const lists = listed.some((one) => one.environment === owner.name && one.role === role);
      return [
        `${environment.name}/${name}`,
        `${owner.name}/${role}`,
        lists,
        arn,
        roleOf(owner, role),
        owner,
      ] as const;
    }),
  );
});

export function roleOf(environment: Environment, name: string): Role {
  const start = new IamArns(environment).role(`${name}-`);
  const found = shipped.graph.roles.find(({ arn }) => arn.startsWith(start));
  if (found === undefined) throw new Error(`no role ${start}`);
  return found;
}

export function userOf(arn: string): User {
  const found = shipped.graph.users.find((user) => user.arn === arn);
  if (found === undefined) throw new Error(`no user ${arn}`);
  return found;
}

export const credentials: Readonly<Record<string, Credentials>> = {
  "long-term key": { kind: "long-term-key" },
  "key with MFA code": { kind: "long-term-key", mfaCode: true },
  "session without MFA": { kind: "session-token" },
  "session with MFA": { kind: "session-token", mfaAgeSeconds: 60 },
};

/** Places to call from, for an environment. Its own networks come by number. */
export function networkOf(environment: Environment, name: string): Network {
  const [ipv4 = "", ipv6 = ""] = environment.allowedNetworks;
  const places: Readonly<Record<string, Network>> = {
    "allowed IPv4": { sourceIp: ipv4.replace(/0\/24$/, "77") },
    "allowed IPv6": { sourceIp: ipv6.replace(/::\/48$/, "::77") },
    "other IPv4": { sourceIp: "192.0.2.1" },
    "next IPv4": {
      sourceIp: ipv4.replace(/\.(\d+)\.0\/24$/, (_, third: string) => `.${Number(third) + 1}.0`),
    },
    "other IPv6": { sourceIp: "2001:db8:ffff::1" },
    "foreign VPC": { vpc: "vpc-0123456789abcdef0" },
    nowhere: "none",
  };
  const place = places[name];
  if (place === undefined) throw new Error(`no place is called ${name}`);
  return place;
}

export function effectOf(request: AccessRequest) {
  return evaluate(request, shipped).effect;
}
