import { environmentFile } from "../environment/source-file";
import { defineRule } from "../findings/rule";
import type { AttachedPolicy, Role, User } from "../iam/graph";
import { readSessionCutoff } from "../policies/session-cutoff-policy";
import { unique } from "./world/policy-parts";
import type { BrokenProof } from "./world/proof";
import { subjectOf, subjectOfArn } from "./world/subject";
import { broken, placeIn, type World } from "./world/world";

export const USERS_ARE_DECLARED = defineRule({
  id: "users-are-declared",
  area: "proof",
  title: "A user, its groups or its credentials are not the declared ones",
  severities: ["high"],
  why: "Every user is declared, is in exactly its groups and holds no policy of its own; Terraform makes no password and no key, whose secret would be in the state. What stands beside the declarations is nobody's to review.",
  example: {
    before: "aws_iam_user_policy on the user laptop",
    after: "the permission in a role that the device laptop lists",
  },
  remedy: "Declare the user or the membership in environments/, or take it out of the stack.",
  reference: {
    title: "Security best practices in IAM",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  },
  since: "0.1.0",
});

export const ROLES_CARRY_NO_USER_POLICIES = defineRule({
  id: "roles-carry-no-user-policies",
  area: "proof",
  title: "A guard or self-service policy is on a role",
  severities: ["high"],
  why: "Sessions of roles carry neither MFA nor a user name: such a policy denies everything or allows nothing there, for services too.",
  example: { before: "the guard attached to role/daily", after: "the guard on the developer groups alone" },
  remedy: "Attach it to groups of people only; a role asks for MFA and networks in its trust policy.",
  reference: {
    title: "Configuring MFA-protected API access",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
  },
  since: "0.1.0",
});

/** Users, their groups and their credentials are what the environments declare, in both directions. */
export function proveDeclaredUsers(world: World): readonly BrokenProof[] {
  const present = new Set(world.graph.users.map(({ arn }) => arn));
  return [
    ...[...world.users.values()]
      .filter(({ expected }) => !present.has(expected.arn))
      .map(({ expected, expectation }) =>
        broken({
          proof: USERS_ARE_DECLARED.id,
          environment: expectation.environment,
          subject: subjectOfArn(expected.arn),
          message: `${expected.arn} is declared but not in the stack`,
          remedy: `synthesize it, or remove ${placeIn(expectation, expected.declaredAt)}`,
        }),
      ),
    ...world.graph.users.flatMap((user) => userAsDeclared(world, user)),
    ...credentialsOf(world),
  ];
}

function userAsDeclared(world: World, user: User): readonly BrokenProof[] {
  const expectation = world.expectationFor(user);
  if (expectation === undefined) return [];
  const report = (message: string, remedy: string): BrokenProof =>
    broken({
      proof: USERS_ARE_DECLARED.id,
      environment: expectation.environment,
      subject: subjectOf(user),
      message,
      remedy,
    });
  const declared = world.users.get(user.arn);
  if (declared === undefined) {
    return [
      report(
        `user ${user.arn} (${user.address}) is not declared`,
        `declare it in devices, breakGlass or repositories of ${environmentFile(expectation.environment)}, or remove it`,
      ),
    ];
  }
  const { expected } = declared;
  const groups = unique(user.groups.map(({ arn }) => arn));
  const missing = expected.groups.filter((arn) => !groups.includes(arn));
  const extra = groups.filter((arn) => !expected.groups.includes(arn));
  const place = placeIn(expectation, expected.declaredAt);
  return [
    ...missing.map((arn) =>
      report(
        `${user.name} is not in ${subjectOfArn(arn)}`,
        `keep the membership, or remove the group from ${place}`,
      ),
    ),
    ...extra.map((arn) =>
      report(
        `${user.name} is in ${subjectOfArn(arn)}`,
        `remove the membership, or list the group in ${place}`,
      ),
    ),
    ...user.policies.map((policy) =>
      report(
        `${user.name} holds policy ${policy.name} itself (${policy.attachedBy})`,
        "users hold nothing themselves: put the permission into a role",
      ),
    ),
  ];
}

/** Passwords, keys and certificates of users that Terraform makes: their secret would be in the state. */
function credentialsOf(world: World): readonly BrokenProof[] {
  const { graph } = world;
  const made = (graph.credentials ?? []).filter(
    ({ type }) => !["aws_iam_virtual_mfa_device", "aws_iam_server_certificate"].includes(type),
  );
  const addresses = unique([
    ...made.map(({ address, userName }) => JSON.stringify([address, userName])),
    ...graph.users.flatMap(({ loginProfiles, accessKeys, name }) =>
      [...loginProfiles, ...accessKeys.map(({ address }) => address)].map((address) =>
        JSON.stringify([address, name]),
      ),
    ),
  ]);
  return addresses.map((entry) => {
    const [address, name] = JSON.parse(entry) as [string, string];
    const user = graph.users.find((one) => one.name === name);
    const environment =
      world.expectations.find(({ accountId }) => accountId === user?.accountId)?.environment ??
      world.expectations[0]?.environment ??
      "";
    return broken({
      proof: USERS_ARE_DECLARED.id,
      environment,
      subject: `user/${name}`,
      message: `Terraform makes a credential of ${name}: ${address}`,
      remedy:
        "remove the resource: users have no password, and make their own keys, so that no secret is in the state",
    });
  });
}

const USER_ONLY = /aws:username|aws:MultiFactorAuth(?:Present|Age)/i;

/** Guard and self-service are on no role, by what they ask for and not by their names. */
export function proveRolesCarryNoUserPolicies(world: World): readonly BrokenProof[] {
  return world.graph.roles.flatMap((role) => {
    const expectation = world.expectationFor(role);
    if (expectation === undefined) return [];
    return userPoliciesOf(role, world).map((policy) =>
      broken({
        proof: ROLES_CARRY_NO_USER_POLICIES.id,
        environment: expectation.environment,
        subject: subjectOf(role),
        message: `${subjectOf(role)} carries ${policy.name} (${policy.attachedBy}), which is for users: a session of a role has neither MFA nor a user name`,
        remedy: "detach it: MFA and networks are conditions of the role's trust",
      }),
    );
  });
}

function isSessionCutoff(document: AttachedPolicy["document"]): boolean {
  return !("unknown" in document) && readSessionCutoff(document) !== undefined;
}

function userPoliciesOf(role: Role, world: World) {
  const ofGroups = new Set(
    world.graph.groups.flatMap(({ arn, policies }) =>
      world.groups.get(arn)?.expected.kind === "ci" ? [] : policies.flatMap((policy) => policy.arn ?? []),
    ),
  );
  const all = [...role.policies, ...(role.permissionsBoundary ? [role.permissionsBoundary] : [])];
  return all.filter(
    ({ kind, arn, document }) =>
      // it denies sessions of users and of roles alike, and asks for nothing else
      !isSessionCutoff(document) &&
      ((kind === "managed" && arn !== undefined && ofGroups.has(arn)) ||
        (kind !== "aws-managed" &&
          !("unknown" in document) &&
          USER_ONLY.test(JSON.stringify(document.Statement)))),
  );
}
