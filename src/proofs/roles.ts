import { defineRule } from "../findings/rule";
import type { Role } from "../iam/graph";
import type { Administrators } from "./world/administrators";
import type { ExpectedRole } from "./world/expectation";
import { federatedFaults } from "./world/federated-faults";
import { githubFaults } from "./world/github-faults";
import type { BrokenProof } from "./world/proof";
import { subjectOf, subjectOfArn } from "./world/subject";
import { type TrustFault, trustFaults } from "./world/trust-faults";
import { trustPrincipals } from "./world/trust-principals";
import type { ClassOf, UserClass } from "./world/user-classes";
import { broken, type Of, placeIn, type World } from "./world/world";

export const ROLES_ARE_ASSUMED_AS_DECLARED = defineRule({
  id: "roles-are-assumed-as-declared",
  area: "proof",
  title: "A role is assumed otherwise than it declares",
  severities: ["high"],
  why: "A trust policy alone lets users of the account in, whatever their own policies say: it names users by ARN and asks for recent MFA and an allowed network; services and GitHub jobs exactly as declared; nobody else.",
  example: {
    before: 'Principal: { AWS: "arn:aws:iam::111122223333:root" }',
    after: 'Principal: { AWS: "arn:aws:iam::111122223333:user/baseline/device/laptop" }',
  },
  remedy:
    "List the role in the `roles` of a device, or declare its service or GitHub job; keep the conditions of the trust policy.",
  since: "0.1.0",
});

export const ADMINISTRATOR_PATHS = defineRule({
  id: "administrator-paths",
  area: "proof",
  title: "A path to administrator rights passes no MFA, no network or no listed device",
  severities: ["critical"],
  why: "Through chains of roles and across accounts too. A GitHub environment is a path only where the role declares it.",
  example: {
    before: "a role with AdministratorAccess that ec2.amazonaws.com may assume",
    after: "a role for EC2 with the few actions that the server needs",
  },
  remedy:
    "Take the rights away, or declare `administrator: true` on a role that only devices and protected GitHub environments assume.",
  reference: { title: "CIS AWS Foundations v7.0.0, 2.14" },
  since: "0.1.0",
});

/** Roles are entered as declared; where a role leads to administrator rights, the proof is that of the paths to them. */
export function proveRoles(
  world: World,
  administrators: Administrators,
  classOf: ClassOf,
): readonly BrokenProof[] {
  return world.graph.roles.flatMap((role) => {
    const expectation = world.expectationFor(role);
    if (expectation === undefined) return [];
    const declared = world.role(role);
    const chain = administrators.chains.get(role.arn);
    const faults = [
      ...trustFaults(world, role, classOf),
      ...(declared ? githubFaults(world, role, declared.expected) : []),
      ...(declared ? federatedFaults(world, role, declared) : []),
    ];
    const report = ({ message, remedy, request, decision }: TrustFault) =>
      broken(
        {
          proof: chain === undefined ? ROLES_ARE_ASSUMED_AS_DECLARED.id : ADMINISTRATOR_PATHS.id,
          environment: expectation.environment,
          subject: subjectOf(role),
          message: chain === undefined ? message : `${message}, and ${leadsOn(chain)}`,
          remedy: declared ? `${remedy} (${placeIn(expectation, declared.expected.declaredAt)})` : remedy,
        },
        request,
        decision,
      );
    const found = [...faults.map(report), ...missingBoundary(role, declared)];
    return chain === undefined
      ? found
      : [...found, ...administratorFaults(role, chain, declared).map(report)];
  });
}

function leadsOn(chain: readonly Role[]): string {
  const last = chain.at(-1);
  const through = chain.slice(1, -1).map(subjectOf);
  if (chain.length <= 1 || last === undefined) return "the role holds administrator rights";
  return `its sessions reach administrator rights of ${subjectOf(last)}${through.length > 0 ? ` through ${through.join(", ")}` : ""}`;
}

/** Entries that pass no MFA, no network and no device, whatever their conditions are. */
function administratorFaults(
  role: Role,
  chain: readonly Role[],
  declared: Of<ExpectedRole> | undefined,
): readonly TrustFault[] {
  const expected = declared?.expected;
  const { services, providers } = trustPrincipals(role);
  const name = subjectOf(role);
  const faults: TrustFault[] = [];
  if (expected?.administrator !== true && chain.length === 1) {
    faults.push({
      message: `${name} is not declared as administrator`,
      remedy: "set administrator: true if it is meant, or take iam permissions away from the role",
    });
  }
  for (const service of services) {
    faults.push({
      message: `${name} is assumed by the service ${service}, with neither MFA, network nor device`,
      remedy: "give the service a role of its own that holds less",
    });
  }
  for (const provider of providers) {
    const isProtected =
      provider === expected?.github?.providerArn && expected.github.protectedEnvironment !== undefined;
    if (expected?.administrator && (isProtected || provider === expected.saml?.providerArn)) continue;
    faults.push({
      message: `${name} is assumed with tokens of ${subjectOfArn(provider)}, with neither MFA, network nor device`,
      remedy:
        "declare administrator: true and a protected GitHub environment (github.environment), or give the role less",
    });
  }
  return faults;
}

function missingBoundary(role: Role, declared: Of<ExpectedRole> | undefined): readonly BrokenProof[] {
  if (declared?.expected.boundary !== true || role.permissionsBoundary !== undefined) return [];
  const { expected, expectation } = declared;
  return [
    broken({
      proof: ROLES_ARE_ASSUMED_AS_DECLARED.id,
      environment: expectation.environment,
      subject: subjectOf(role),
      message: `${subjectOf(role)} has no permissions boundary`,
      remedy: `keep it, or remove permissionsBoundary from ${placeIn(expectation, expected.declaredAt)}`,
    }),
  ];
}

/** A user that holds administrator rights itself, with no role in between. */
export function proveNoAdministratorUsers(
  { holders }: Administrators,
  classes: readonly UserClass[],
): readonly BrokenProof[] {
  return classes.flatMap(({ members, expectation }) => {
    const [user] = members;
    if (user === undefined || !holders.has(user.arn)) return [];
    return [
      broken({
        proof: ADMINISTRATOR_PATHS.id,
        environment: expectation.environment,
        subject: subjectOf(user),
        message: `${user.name} holds administrator rights as itself${members.length > 1 ? `, and so do ${members.length - 1} more users` : ""}`,
        remedy: "put the rights into a role that the device lists in `roles`",
      }),
    ];
  });
}
