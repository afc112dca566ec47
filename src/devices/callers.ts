import { IamArns } from "../environment/arns";
import type { Environment } from "../environment/environment";
import { UNKNOWN_PART } from "../iam/graph";
import type { Network } from "../iam/request";
import type { Holder } from "./holder";
import type { Caller } from "./permission";

/** An address that people work from: the declared policies are asked as if the caller were there. */
export function workplace({ allowedNetworks, allowedVpcs }: Environment): Network {
  const [network] = allowedNetworks;
  const [vpc] = allowedVpcs;
  if (network !== undefined) return { sourceIp: network.split("/")[0] ?? network };
  return vpc === undefined ? "none" : { vpc };
}

/** ARN of the user of a device. */
export function userArn({ environment, name, kind }: Holder): string {
  const arns = new IamArns(environment);
  return arns.user(kind === "device" ? arns.paths.device : arns.paths.breakGlass, name);
}

/** The device itself, with a session whose MFA is fresh. */
export function deviceCaller(holder: Holder): Caller {
  return {
    principal: userArn(holder),
    credentials: { kind: "session-token", mfaAgeSeconds: 0 },
    network: workplace(holder.environment),
  };
}

/**
 * Whoever `sts:GetCallerIdentity` names, as the declared policies know it: a role's name ends in a suffix that they
 * do not know.
 */
export function callerOfArn(arn: string, environments: readonly Environment[]): Caller {
  const [environment] = environments;
  const network = environment === undefined ? "none" : workplace(environment);
  const session = /^arn:[^:]+:sts::\d{12}:assumed-role\/(?<role>[^/]+)\/(?<session>.+)$/.exec(arn)?.groups;
  if (session === undefined) {
    // whether a user's session carries MFA is not to be seen: it is taken to, and AWS refuses it where it does not
    return { principal: arn, credentials: { kind: "session-token", mfaAgeSeconds: 0 }, network };
  }
  const roleName = session["role"] ?? "";
  for (const owner of environments) {
    const name = Object.keys(owner.roles).find((role) => isNamed(roleName, role, owner.roleSuffix));
    if (name === undefined) continue;
    return {
      principal: new IamArns(owner).role(`${name}-${owner.roleSuffix ?? UNKNOWN_PART}`),
      credentials: { kind: "role-session", sessionName: session["session"] ?? "" },
      network,
    };
  }
  return {
    principal: arn,
    credentials: { kind: "role-session", sessionName: session["session"] ?? "" },
    network,
  };
}

function isNamed(roleName: string, role: string, suffix: string | undefined): boolean {
  if (suffix !== undefined) return roleName === `${role}-${suffix}`;
  return roleName.startsWith(`${role}-`) && /^[a-z0-9]{8}$/.test(roleName.slice(role.length + 1));
}
