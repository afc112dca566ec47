import { defineRule } from "../findings/rule";
import { accessLevel } from "../iam/actions";
import { effectivePolicies, type PolicyInForce } from "../iam/evaluate";
import type { Role, User } from "../iam/graph";
import type { AccessRequest, Credentials, Network } from "../iam/request";
import type { Administrators } from "./world/administrators";
import { allowedSamples } from "./world/allowed-samples";
import { ROLE_SESSION } from "./world/credential-samples";
import type { Expectation } from "./world/expectation";
import { networkSamples } from "./world/network-samples";
import { ANY_ACTION, ANY_RESOURCE, partsOf, unique } from "./world/policy-parts";
import type { BrokenProof } from "./world/proof";
import { identitySamples, instancesOf } from "./world/resource-samples";
import { subjectOf } from "./world/subject";
import { mayTrust, trustPrincipals } from "./world/trust-principals";
import type { UserClass } from "./world/user-classes";
import { broken, isPossible, type World } from "./world/world";

export const CI_STAYS_IN_CI = defineRule({
  id: "ci-stays-in-ci",
  area: "proof",
  title: "A CI identity reaches a role of people or changes IAM",
  severities: ["critical"],
  why: "The keys of CI are the longest-lived and the least watched. Repository users and roles of GitHub jobs have no session of a role that people use, and change no user, group, role, policy or provider, whatever those hold. Service-linked roles, which only their service can use, are no change; what else of the baseline they may not change is `machinery-is-untouched`.",
  example: {
    before: 'ciGroups.deployers: allow("iam:CreateUser", "*")',
    after: 'ciGroups.deployers: allow("s3:PutObject", "arn:aws:s3:::octo-website/*")',
  },
  remedy:
    "List the few actions that the repository needs; IAM is changed by people or by a declared administrator role.",
  since: "0.1.0",
});

/** A CI identity, and how it signs. */
interface CiIdentity {
  readonly principal: User | Role;
  readonly policies: readonly PolicyInForce[];
  readonly credentials: Credentials;
  readonly expectation: Expectation;
}

/** Repository users and roles of GitHub jobs: no way to a role of people, no change of IAM. */
export function proveCi(
  world: World,
  administrators: Administrators,
  classes: readonly UserClass[],
): readonly BrokenProof[] {
  const human = world.graph.roles.filter((role) => trustPrincipals(role).users.length > 0);
  return identitiesOf(world, administrators, classes).flatMap((identity) => [
    ...reachesPeople(world, identity, human),
    ...changesIam(world, identity),
  ]);
}

function identitiesOf(
  world: World,
  administrators: Administrators,
  classes: readonly UserClass[],
): readonly CiIdentity[] {
  const users = classes
    .filter(({ expected }) => expected?.kind === "ci")
    .flatMap(({ representatives, policies, expectation }) =>
      representatives.map((principal) => ({
        principal,
        policies,
        credentials: { kind: "long-term-key" } as const,
        expectation,
      })),
    );
  const roles = world.graph.roles.flatMap((principal) => {
    const declared = world.role(principal);
    const isJob = trustPrincipals(principal).providers.length > 0;
    // administrator rights of a protected GitHub environment are declared, and proven as a path to them
    const isDeclaredAdministrator =
      declared?.expected.administrator === true && administrators.holders.has(principal.arn);
    const expectation = world.expectationFor(principal);
    if (!isJob || isDeclaredAdministrator || expectation === undefined) return [];
    return [{ principal, policies: effectivePolicies(principal), credentials: ROLE_SESSION, expectation }];
  });
  return [...users, ...roles];
}

/** Neither by its own policies, whoever the role trusts today, nor by the role's trust. */
function reachesPeople(world: World, identity: CiIdentity, roles: readonly Role[]): readonly BrokenProof[] {
  const { principal, credentials } = identity;
  const names = mayName(identity);
  for (const role of roles) {
    if (!names && !mayTrust(role, principal.arn)) continue;
    const request = requestOf(identity, "sts:AssumeRole", role.arn, credentials);
    const decision = world.ask(request);
    const byItself = names && world.ownPoliciesAllow(request);
    if (!isPossible(decision) && !byItself) continue;
    const message = isPossible(decision)
      ? `${subjectOf(principal)} may assume ${subjectOf(role)}, which is for people`
      : `${subjectOf(principal)} is allowed sts:AssumeRole on ${subjectOf(role)}, which is for people: only its trust policy still refuses`;
    return [
      broken(
        {
          proof: CI_STAYS_IN_CI.id,
          environment: identity.expectation.environment,
          subject: subjectOf(principal),
          message,
          remedy:
            "take sts:AssumeRole out of the CI group or role, or limit its Resource to roles that are not for people",
        },
        request,
        decision,
      ),
    ];
  }
  return [];
}

function mayName({ policies }: CiIdentity): boolean {
  return partsOf(policies).granted.some(
    (action) => action === ANY_ACTION || /^sts:assumerole$/i.test(action),
  );
}

/**
 * Reading IAM is no change, and what IAM calls Get or List reads, also where the list of actions does not know it yet;
 * passing a role to a service is judged as a way of escalation.
 */
function changes(action: string): boolean {
  const level = accessLevel(action);
  if (level === undefined) return !/^iam:(?:get|list)/i.test(action);
  return level !== "List" && level !== "Read";
}

function changesIam(world: World, identity: CiIdentity): readonly BrokenProof[] {
  const { principal, policies, credentials, expectation } = identity;
  const parts = partsOf(policies);
  if (!parts.granted.some((action) => action === ANY_ACTION || /^iam:/i.test(action))) return [];
  const samples = unique([
    ...identitySamples(principal, world.graph.users.slice(0, 20)),
    ...world.graph.roles.slice(0, 200).map(({ arn }) => arn),
    ...parts.resources.flatMap((pattern) => instancesOf(pattern, principal)),
  ]);
  for (const { actions, resources } of allowedSamples(world, principal, credentials, policies, samples)) {
    const changing = actions.filter(
      (action) => action === ANY_ACTION || (/^iam:(?!passrole$)/i.test(action) && changes(action)),
    );
    for (const action of changing) {
      for (const resource of resources) {
        if (isServiceLinked(action, resource)) continue;
        const reactivates = isReactivation(world, principal, action, resource);
        if (reactivates && !TAGGING.test(action)) continue;
        const request: AccessRequest = {
          ...requestOf(identity, action, resource, credentials),
          ...(reactivates && { context: { "aws:TagKeys": ["owner"] } }),
        };
        const decision = world.ask(request);
        if (!isPossible(decision)) continue;
        const what = action === ANY_ACTION ? "do anything, also in IAM" : action;
        const on = resource === ANY_RESOURCE ? "any resource" : resource;
        const parts = {
          proof: CI_STAYS_IN_CI.id,
          environment: expectation.environment,
          subject: subjectOf(principal),
          message: `${subjectOf(principal)} may change IAM: ${what} on ${on}`,
          remedy:
            "list the few actions that the repository needs, without iam:*; IAM is changed by people or by a declared administrator role",
        };
        return [broken(parts, request, decision)];
      }
    }
  }
  return [];
}

/** Making or looking after a role that only its service can use, with the permissions that AWS gives it. */
function isServiceLinked(action: string, resource: string): boolean {
  return /^iam:createservicelinkedrole$/i.test(action) || resource.includes(":role/aws-service-role/");
}

/** The declared way back: a role that sets keys of device users to Active again, and notes until when in a tag. */
function isReactivation(world: World, { arn }: User | Role, action: string, resource: string): boolean {
  const users = world.role({ arn })?.expected.reactivatesKeysOf;
  return users !== undefined && resource.startsWith(users) && REACTIVATION.test(action);
}

/** Tags are for saying until when; the others, such as the owner, are out of reach. */
const TAGGING = /^iam:(?:tag|untag)user$/i;
const REACTIVATION = /^iam:(?:updateaccesskey|taguser|untaguser)$/i;

function requestOf(
  { principal, policies, expectation }: CiIdentity,
  action: string,
  resource: string,
  credentials: Credentials,
): AccessRequest {
  return {
    principal: principal.arn,
    credentials,
    network: runnerNetwork(policies, expectation),
    action,
    resource,
  };
}

/** Where jobs may run: the first range that their policies name, or anywhere. */
function runnerNetwork(policies: readonly PolicyInForce[], expectation: Expectation): Network {
  const { conditions } = partsOf(policies);
  const ranges = conditions.filter(({ key }) => key === "aws:sourceip").map(({ value }) => value);
  const [network = { sourceIp: "192.0.2.77" }] =
    ranges.length === 0 ? [] : networkSamples(runners(expectation, ranges), conditions).inside;
  return network;
}

const known = new WeakMap<
  Expectation,
  Map<string, { networks: readonly string[]; vpcs: readonly string[] }>
>();

function runners(expectation: Expectation, ranges: readonly string[]) {
  const byRanges = known.get(expectation) ?? new Map();
  known.set(expectation, byRanges);
  const key = ranges.join();
  const present = byRanges.get(key) ?? { networks: ranges, vpcs: [] };
  byRanges.set(key, present);
  return present;
}
