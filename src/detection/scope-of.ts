import { declaredUsers } from "../environment/account-names";
import { IamArns } from "../environment/arns";
import type { Detection as DetectionSettings } from "../environment/detection";
import type { Environment } from "../environment/environment";
import { controlPlaneRegion, healthRegions } from "../environment/regions-of-events";
import type { Detection, DetectionPlace } from "./detection";
import type { DetectionScope, ScopedUser } from "./detection-scope";
import { DETECTIONS } from "./detections";

/** Bytes that the scope may take of a function's variables: Lambda allows 4 kB for all of them together. */
export const MAX_SCOPE_BYTES = 3_200;

/** What detections know of an environment. Users are left out where they are too many for a function's settings. */
export function detectionScope(environment: Environment, settings: DetectionSettings): DetectionScope {
  const { name, partition, accountId, region, namespace } = environment;
  const scope: DetectionScope = {
    version: 1,
    environment: name,
    partition,
    accountId,
    region,
    namespace,
    timeZone: settings.digest.timeZone,
    networks: environment.allowedNetworks,
    deploymentRoles: settings.deploymentRoles.map((role) => roleArn(role, environment)),
    runbooks: settings.runbooks,
  };
  const whole = { ...scope, users: usersOf(environment) };
  return Buffer.byteLength(JSON.stringify(whole)) <= MAX_SCOPE_BYTES ? whole : scope;
}

function usersOf(environment: Environment): readonly ScopedUser[] {
  return declaredUsers(environment).map(({ name, kind, declaredAt: [, key] }) => {
    const owner =
      kind === "device"
        ? environment.devices[name]?.owner
        : kind === "break-glass"
          ? environment.breakGlass[name]?.owner
          : environment.repositories[key]?.owner;
    return { name, kind, ...(owner !== undefined && { owner }) };
  });
}

/** A role by name ends in a suffix: a fixed one, or one that nobody knows yet. */
function roleArn(role: string, environment: Environment): string {
  if (role.startsWith("arn:")) return role;
  return new IamArns(environment).role(`${role}-${environment.roleSuffix ?? "*"}`);
}

/** The detections that an environment wants. */
export function wantedDetections({ except }: Pick<DetectionSettings, "except">): readonly Detection[] {
  return DETECTIONS.filter(({ id }) => !except.includes(id));
}

/** Regions in which a detection listens, the home region first where it is one of them. */
export function listeningRegions(
  place: DetectionPlace,
  { partition, region: home }: Pick<DetectionScope, "partition" | "region">,
): readonly string[] {
  const global = controlPlaneRegion(partition);
  const regions = {
    global: [global],
    home: [home],
    both: [home, global],
    health: healthRegions(partition),
  }[place];
  return [...new Set(regions)];
}
