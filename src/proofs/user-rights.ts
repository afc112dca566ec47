import { defineRule } from "../findings/rule";
import type { User } from "../iam/graph";
import type { AccessRequest, Credentials } from "../iam/request";
import { isSelfService } from "./self-service";
import { allowedSamples } from "./world/allowed-samples";
import { describeCredentials, WITH_MFA, WITHOUT_MFA } from "./world/credential-samples";
import { networkSamples } from "./world/network-samples";
import { ANY_ACTION, ANY_RESOURCE, unique } from "./world/policy-parts";
import type { BrokenProof } from "./world/proof";
import { belongsToAnother, identitySamples, instancesOf, mfaArnOf } from "./world/resource-samples";
import { subjectOf } from "./world/subject";
import type { UserClass } from "./world/user-classes";
import { broken, isPossible, type World } from "./world/world";

export const USERS_ONLY_SELF_SERVICE = defineRule({
  id: "users-only-self-service",
  area: "proof",
  title: "A person may do more as itself than look after its own key and MFA device",
  severities: ["high"],
  why: "Long-lived keys of people must be worth next to nothing when they leak. Whatever the credentials and the network, a device or break-glass user does self-service and assumes its roles; without MFA it only enrols a device and starts a session.",
  example: {
    before: 'developers: allow("s3:GetObject", "*")',
    after: 'roles.daily: allow("s3:GetObject", "*")',
  },
  remedy: "Give the permission to a role that the device lists in `roles`.",
  since: "0.1.0",
});

export const USERS_ACT_ON_THEMSELVES = defineRule({
  id: "users-act-on-themselves",
  area: "proof",
  title: "A person may act on another user",
  severities: ["critical"],
  why: "Whoever makes a key, a password or an MFA device for somebody else becomes that person. Names that begin or end alike, other paths and foreign devices are tried.",
  example: {
    before: "iam:CreateAccessKey on user/baseline/device/*",
    after: "iam:CreateAccessKey on user/baseline/device/${aws:username}",
  },
  remedy: "Let policies of people name only the user itself, by its literal path and ${aws:username}.",
  since: "0.1.0",
});

/** Counterexamples of one user and proof: a right to everything need not be told for every action of IAM. */
const EXAMPLES = 3;
/** Other users that every class is tried on, besides made-up ones. */
const OTHERS = 12;

/**
 * What users of people may do, enumerated from their own policies: every action that an Allow grants, on everything
 * that its Resource element covers. All of it must be self-service or the assumption of a listed role.
 */
export function proveUserRights(world: World, classes: readonly UserClass[]): readonly BrokenProof[] {
  const others = classes.flatMap(({ representatives }) => representatives.slice(0, 1)).slice(0, OTHERS);
  return classes
    .filter(({ expected }) => expected?.kind !== "ci")
    .flatMap((one) => one.representatives.flatMap((user) => userRights(world, one, user, others)));
}

function userRights(
  world: World,
  one: UserClass,
  user: User,
  others: readonly User[],
): readonly BrokenProof[] {
  const [network = "none"] = networkSamples(one.expectation, one.parts.conditions).inside;
  const samples = unique([
    ...identitySamples(user, others),
    ...one.parts.resources.flatMap((pattern) => instancesOf(pattern, user)),
  ]);
  const found: BrokenProof[] = [];
  const told = new Set<string>();
  // who may read everything has ten thousand actions on a hundred resources: what is told often enough is not asked again
  const isOther = new Map(samples.map((resource) => [resource, belongsToAnother(user, resource)]));
  const isTold = { others: false, own: false };
  for (const { actions, resources } of allowedSamples(world, user, WITH_MFA, one.policies, samples)) {
    for (const action of actions) {
      if (isTold.others && isTold.own) return found;
      const lower = action.toLowerCase();
      for (const resource of resources) {
        const other = isOther.get(resource) ?? belongsToAnother(user, resource);
        if (isTold[other ? "others" : "own"]) continue;
        const key = `${lower} ${other}`;
        if (told.has(key)) continue;
        const broken = askAll(world, one, user, action, resource, network);
        if (broken === undefined) continue;
        told.add(key);
        found.push(broken);
        const proof = proofOf(other);
        isTold[other ? "others" : "own"] = found.filter((known) => known.proof === proof).length >= EXAMPLES;
      }
    }
  }
  return found;
}

const proofOf = (isOther: boolean) => (isOther ? USERS_ACT_ON_THEMSELVES.id : USERS_ONLY_SELF_SERVICE.id);

function askAll(
  world: World,
  one: UserClass,
  user: User,
  action: string,
  resource: string,
  network: AccessRequest["network"],
): BrokenProof | undefined {
  for (const credentials of [WITH_MFA, ...WITHOUT_MFA]) {
    if (isDeclared(world, one, user, action, resource, credentials)) continue;
    const request: AccessRequest = { principal: user.arn, credentials, network, action, resource };
    const decision = world.ask(request);
    if (isPossible(decision)) return rightsBroken(one, user, request, decision);
  }
  return undefined;
}

const ASSUMING = /^sts:(?:assumerole|setsourceidentity|tagsession|setcontext)$/i;

function isDeclared(
  world: World,
  one: UserClass,
  user: User,
  action: string,
  resource: string,
  credentials: Credentials,
): boolean {
  // a role that another member of the group lists is refused by its trust policy, which the evaluation asks
  if (ASSUMING.test(action)) {
    return (
      credentials === WITH_MFA && world.role({ arn: resource })?.expected.users.includes(user.arn) === true
    );
  }
  return isSelfService({
    action,
    resource,
    userArn: user.arn,
    mfaArn: mfaArnOf(user),
    withMfa: credentials === WITH_MFA,
    guardAsksForMfa: one.guard.mfa,
    selfReactivation: one.selfReactivation,
  });
}

function rightsBroken(
  { expectation, members }: UserClass,
  user: User,
  request: AccessRequest,
  decision: ReturnType<World["ask"]>,
): BrokenProof {
  const other = belongsToAnother(user, request.resource);
  const verb = decision.effect === "Unknown" ? "may perhaps do" : "may do";
  const what = request.action === ANY_ACTION ? "anything" : request.action;
  const on = request.resource === ANY_RESOURCE ? "any resource" : request.resource;
  const others = members.length > 1 ? `, and so may ${members.length - 1} more` : "";
  return broken(
    {
      proof: proofOf(other),
      environment: expectation.environment,
      subject: subjectOf(user),
      message: `${user.name} ${verb} ${what} on ${on} with ${describeCredentials(request.credentials)}${others}`,
      remedy: other
        ? "let policies of people name only the user itself, by its literal path and ${aws:username}"
        : "give the permission to a role that the device lists in `roles`, not to the user or its groups",
    },
    request,
    decision,
  );
}
