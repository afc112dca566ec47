import { ACCOUNT_ACCESS_ACTIONS, accountOfApplication } from "../environment/account-access";
import { defineRule } from "../findings/rule";
import type { Role, User } from "../iam/graph";
import type { AccessRequest, Network } from "../iam/request";
import { selfServiceOf } from "./self-service";
import { describeCredentials, WITH_MFA } from "./world/credential-samples";
import { describeNetwork } from "./world/describe";
import { claimsOf, webIdentityRequest } from "./world/github-faults";
import { isAllowedNetwork, networkSamples } from "./world/network-samples";
import { documentParts } from "./world/policy-parts";
import type { BrokenProof } from "./world/proof";
import { mfaArnOf } from "./world/resource-samples";
import { subjectOf, subjectOfArn } from "./world/subject";
import { contextOf, representativesOf } from "./world/trust-faults";
import type { ClassOf, UserClass } from "./world/user-classes";
import { broken, placeIn, type World } from "./world/world";

export const PEOPLE_CAN_WORK = defineRule({
  id: "people-can-work",
  area: "proof",
  title: "Declared people cannot work",
  severities: ["high"],
  why: "A guard that locks people out is as broken as one that lets others in. From every allowed network they enrol MFA without MFA, look after their own key with MFA, assume each of their roles, and use services that call others on their behalf.",
  example: {
    before: "a guard that denies iam:EnableMFADevice without MFA",
    after: "a guard that spares enrolling",
  },
  remedy: "Keep self-service, guard and trust policies as they are made.",
  since: "0.1.0",
});

/** A guard that locks people out is as broken as one that lets others in. */
export function provePeopleCanWork(
  world: World,
  classes: readonly UserClass[],
  classOf: ClassOf,
): readonly BrokenProof[] {
  return [
    ...classes
      .filter(
        ({ expected }) =>
          expected !== undefined && expected.kind !== "ci" && expected.isNobodysDevice !== true,
      )
      .flatMap((one) => selfService(world, one)),
    ...rolesAreReached(world, classOf),
  ];
}

/** From every allowed network, and through a service that acts on the user's behalf, whose address is not the user's. */
function selfService(world: World, one: UserClass): readonly BrokenProof[] {
  const [user] = one.representatives;
  if (user === undefined) return [];
  const { inside, outside } = networkSamples(one.expectation, one.parts.conditions);
  const principal = user.arn;
  const requests: AccessRequest[] = [];
  for (const { action, resource, withoutMfa } of selfServiceOf(
    user.arn,
    mfaArnOf(user),
    one.selfReactivation,
  )) {
    const asked = { principal, action, resource };
    const [network = "none", ...others] = inside;
    if (withoutMfa) requests.push({ ...asked, network, credentials: { kind: "long-term-key" } });
    // one action tells of the other networks: the guard's network part is for all actions alike, or is caught there
    const networks = action === "iam:ListAccessKeys" ? [network, ...others] : [network];
    if (action !== "sts:GetSessionToken")
      requests.push(...networks.map((from) => ({ ...asked, network: from, credentials: WITH_MFA })));
    if (action === "iam:ListAccessKeys") {
      const viaAwsService = true;
      requests.push(
        ...outside.map((from) => ({ ...asked, network: from, credentials: WITH_MFA, viaAwsService })),
      );
    }
  }
  return failing(world, requests, (request) => ({
    environment: one.expectation.environment,
    subject: subjectOf(user),
    what: `${user.name}${one.members.length > 1 ? ` (and ${one.members.length - 1} more)` : ""} cannot do ${request.action}`,
    remedy: request.viaAwsService
      ? "let the guard spare calls that services make on a user's behalf (BoolIfExists aws:ViaAWSService false)"
      : `keep self-service and the guard of ${one.expected?.declaredAt ?? "the user"} as they are made`,
  }));
}

function rolesAreReached(world: World, classOf: ClassOf): readonly BrokenProof[] {
  const roles = new Map<unknown, Role>();
  for (const role of world.graph.roles) {
    const declared = world.role(role);
    if (declared !== undefined) roles.set(declared.expected, role);
  }
  return world.expectedRoles.flatMap(({ expected, expectation }) => {
    const role = roles.get(expected);
    const place = placeIn(expectation, expected.declaredAt);
    if (role === undefined) {
      const message = `${subjectOfArn(expected.arn)} is declared but not in the stack`;
      const { environment } = expectation;
      const subject = subjectOfArn(expected.arn);
      return [
        broken({
          proof: PEOPLE_CAN_WORK.id,
          environment,
          subject,
          message,
          remedy: `synthesize it, or remove ${place}`,
        }),
      ];
    }
    if (expected.wasThereBefore === true) return [];
    const requests = [
      ...assumptions(world, role, expected.users, expected, expectation, classOf),
      ...(expected.github
        ? expected.github.subjects.map((subject) => jobRequest(role, subject, expected))
        : []),
      ...serviceRequests(role, expected, expectation.accountId),
    ];
    return failing(world, requests, (request) => ({
      environment: expectation.environment,
      subject: subjectOf(role),
      what: `${shownCaller(request)} cannot assume ${subjectOf(role)}`,
      remedy: `keep the trust policy, or change ${place}`,
    }));
  });
}

type Declared = World["expectedRoles"][number];

function assumptions(
  world: World,
  role: Role,
  users: readonly string[],
  expected: Declared["expected"],
  expectation: Declared["expectation"],
  classOf: ClassOf,
): readonly AccessRequest[] {
  const named = new Set(namedUsers(role));
  const { document } = role.trust;
  const conditions = "unknown" in document ? [] : documentParts(document).conditions;
  const { inside } = networkSamples(expectation, conditions);
  // a user that the trust does not name fails as itself; of those that it names one of each class is asked
  const asked = [
    ...users.filter((user) => !named.has(user)),
    ...representativesOf(
      world,
      users.filter((user) => named.has(user)),
      classOf,
    ),
  ];
  return asked.flatMap((principal, position) => {
    const home = world.users.get(principal)?.expectation ?? expectation;
    const [first = "none", ...others] = commonNetworks(inside, expected.networks ? expectation : home, home);
    const oldest = { kind: "session-token", mfaAgeSeconds: expected.maxMfaAgeSeconds } as const;
    const context = contextOf(expected, principal);
    const request = { principal, resource: role.arn, action: "sts:AssumeRole", context } as const;
    const old = { ...request, network: first, credentials: oldest };
    // the trust is one for all whom it names: what it says of other credentials and networks one of them tells
    if (position > 0) return [old];
    return [
      old,
      { ...request, network: first, credentials: WITH_MFA },
      { ...request, network: first, credentials: { kind: "long-term-key", mfaCode: true } as const },
      ...others.map((network) => ({ ...request, network, credentials: oldest })),
      ...(expected.sourceIdentity
        ? [{ ...request, action: "sts:SetSourceIdentity", network: first, credentials: WITH_MFA }]
        : []),
    ];
  });
}

/** Networks that the role's environment and the user's own guard both allow. None: the user cannot reach the role. */
function commonNetworks(
  inside: readonly Network[],
  ofRole: Declared["expectation"],
  home: Declared["expectation"],
): readonly Network[] {
  if (ofRole === home) return inside;
  const candidates = [...inside, ...networkSamples(home, []).inside];
  return candidates.filter((network) => isAllowedNetwork(ofRole, network) && isAllowedNetwork(home, network));
}

function namedUsers(role: Role): readonly User["arn"][] {
  const { document } = role.trust;
  if ("unknown" in document) return [];
  return document.Statement.flatMap(({ Principal }) =>
    typeof Principal === "object" ? [Principal["AWS"] ?? []].flat() : [],
  );
}

function jobRequest(role: Role, subject: string, { github }: Declared["expected"]): AccessRequest {
  if (github === undefined) throw new RangeError(`${role.arn} is not assumed by GitHub jobs`);
  return webIdentityRequest(role, github, claimsOf(github, subject));
}

/** The declared service for this account's resources; account access manager for each application, with all that it asks. */
function serviceRequests(
  role: Role,
  { service, accountAccess }: Declared["expected"],
  accountId: string,
): readonly AccessRequest[] {
  if (service === undefined) return [];
  const request = (action: string, context: AccessRequest["context"]): AccessRequest => ({
    principal: service,
    credentials: { kind: "service" },
    network: "none",
    action,
    resource: role.arn,
    ...(context && { context }),
  });
  if (accountAccess === undefined) return [request("sts:AssumeRole", { "aws:SourceAccount": accountId })];
  return accountAccess.flatMap((arn) => {
    const context = { "aws:SourceArn": arn, "aws:SourceAccount": accountOfApplication(arn) ?? accountId };
    return ACCOUNT_ACCESS_ACTIONS.map((action) => request(action, context));
  });
}

function shownCaller({ principal, credentials }: AccessRequest): string {
  if (credentials.kind === "web-identity") return `a job of ${credentials.claims["sub"] ?? "GitHub"}`;
  return principal.startsWith("arn:") ? subjectOfArn(principal) : principal;
}

function failing(
  world: World,
  requests: readonly AccessRequest[],
  words: (request: AccessRequest) => {
    readonly environment: string;
    readonly subject: string;
    readonly what: string;
    readonly remedy: string;
  },
): readonly BrokenProof[] {
  const found = new Map<string, BrokenProof>();
  for (const request of requests) {
    const { environment, subject, what, remedy } = words(request);
    if (found.has(what)) continue;
    const decision = world.ask(request);
    if (decision.effect === "Allowed") continue;
    const via = request.viaAwsService === true ? ", through a service" : "";
    const message = `${what} with ${describeCredentials(request.credentials)} from ${describeNetwork(request.network)}${via}`;
    found.set(
      what,
      broken({ proof: PEOPLE_CAN_WORK.id, environment, subject, message, remedy }, request, decision),
    );
  }
  return [...found.values()];
}
