import { local } from "../../src/environment/backend";
import type { EnvironmentInput } from "../../src/environment/environment";
import { allow, deny } from "../../src/environment/policy-statement";
import { adminRole } from "../../src/environment/role-presets";

/** How much an environment holds. */
export interface Size {
  readonly users: number;
  readonly roles: number;
  /** CI groups, each with a policy of its own, besides the one policy of each role. */
  readonly ciGroups: number;
  readonly developerGroups: number;
}

const ADMINISTRATORS = 5;
/** A trust policy of 2,048 characters holds no more with names of this length. */
const USERS_PER_ROLE = 12;

/** An environment of some size: four fifths device users, one fifth repositories; every user in its own mix of groups. */
export function grownEnvironment({ users, roles, ciGroups, developerGroups }: Size): EnvironmentInput {
  const deviceCount = Math.round(users * 0.8);
  const rolesOf = rolesOfDevices(deviceCount, roles);
  const record = <T>(
    count: number,
    name: (index: number) => string,
    value: (index: number) => T,
  ): Record<string, T> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), value(index)]));
  return {
    name: "grown",
    accountId: "111122223333",
    region: "eu-central-1",
    backend: local(),
    allowedNetworks: ["203.0.113.0/24", "2001:db8:1::/48"],
    developerGroups: record(
      developerGroups,
      (index) => `developers-${index}`,
      (index) => ({ allowSelfReactivation: index % 2 === 0 }),
    ),
    devices: record(
      deviceCount,
      (index) => `device-${index}`,
      (index) => ({
        owner: `owner-${index}`,
        groups: [`developers-${index % developerGroups}`],
        roles: rolesOf.get(index) ?? [],
      }),
    ),
    ciGroups: record(
      ciGroups,
      (index) => `deployers-${index}`,
      (index) => ({
        statements: [
          allow(["s3:PutObject", "s3:DeleteObject", "s3:Get*"], `arn:aws:s3:::octo-${index}/*`),
          allow(
            "lambda:UpdateFunctionCode",
            `arn:aws:lambda:eu-central-1:111122223333:function:octo-${index}-*`,
          ),
        ],
      }),
    ),
    repositories: record(
      users - deviceCount,
      (index) => `octo/repository-${index}`,
      (index) => ({ groups: [`deployers-${index % ciGroups}`] }),
    ),
    roles: record(
      roles,
      (index) => (index < ADMINISTRATORS ? `admin-${index}` : `role-${index}`),
      (index) =>
        index < ADMINISTRATORS
          ? adminRole()
          : {
              statements: [
                allow(["s3:List*", "dynamodb:Query", "ec2:Describe*"], "*"),
                deny("s3:DeleteBucket", "*"),
                allow("s3:PutObject", `arn:aws:s3:::data-${index}/*`),
              ],
              ...(index % 4 === 0 && { permissionsBoundary: [allow(["s3:*", "dynamodb:*", "ec2:*"], "*")] }),
            },
    ),
  };
}

/** Every role is listed by some devices, none by more than a trust policy holds. */
function rolesOfDevices(devices: number, roles: number): ReadonlyMap<number, string[]> {
  const listed = new Map<number, string[]>();
  for (let role = 0; role < roles; role++) {
    for (let at = 0; at < Math.min(USERS_PER_ROLE, devices); at++) {
      const device = (role * USERS_PER_ROLE + at) % devices;
      const own = listed.get(device) ?? [];
      own.push(role < ADMINISTRATORS ? `admin-${role}` : `role-${role}`);
      listed.set(device, own);
    }
  }
  return listed;
}
