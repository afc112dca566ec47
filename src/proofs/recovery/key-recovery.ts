import { onDays } from "../../credentials/lock-out";
import { lockOutDays } from "../../credentials/lock-out-days";
import type { OwnedDevice } from "../../credentials/owned-device";
import type { Environment } from "../../environment/environment";
import { defineRule } from "../../findings/rule";
import type { AccessGraph, Role } from "../../iam/graph";
import type { Network } from "../../iam/request";
import type { Expectation, ExpectedRecovery } from "../world/expectation";
import { expectationsOf } from "../world/expectation-of";
import { claimsOf, webIdentityRequest } from "../world/github-faults";
import type { BrokenProof } from "../world/proof";
import { subjectOf, subjectOfArn } from "../world/subject";
import { broken, placeIn, World } from "../world/world";
import { assumption, failing, home, mayAssume, mayReactivate, rolesOf } from "./reactivation-rights";

export const RECOVERY_WORKS = defineRule({
  id: "recovery-works",
  area: "proof",
  title: "Whoever a run leaves without an active key does not come back as declared",
  severities: ["critical"],
  why: "Keys end by rule, and people have no password: with every device key inactive that a rule can end, and without living sessions, the declared way back must really be allowed.",
  example: {
    before: 'recovery: "second-device" where the second device has no role that reactivates keys',
    after: "a second device whose roles may set keys to Active",
  },
  remedy: "Declare another recovery, or give the way back the permissions that it needs.",
  since: "0.1.0",
});

/** A runner's address, which nobody knows before. */
const ANYWHERE: Network = { sourceIp: "192.0.2.77" };

type Owner = ExpectedRecovery["owners"][number];

/**
 * Whoever tonight's run could leave without an active key has the way back that the environment declares: asked of the
 * policies themselves, with every key inactive that a rule can end. Living sessions do not count: after a weekend there
 * is none. Recovery by root hangs on no policy.
 */
export function proveRecovery(world: World): readonly BrokenProof[] {
  return world.expectations.flatMap((expectation) => {
    const { recovery } = expectation;
    switch (recovery?.by) {
      case "second-device":
        return recovery.owners.flatMap((owner) => secondDeviceFaults(world, expectation, recovery, owner));
      case "oidc":
        return reachFaults(world, expectation, recovery, jobRoles(world, expectation), {
          who: "a job of GitHub Actions",
          network: ANYWHERE,
          remedy: "keep github and reactivatesKeys of the role for the reactivate workflow",
        });
      case "break-glass-user":
        return reachFaults(world, expectation, recovery, breakGlassRoles(world, expectation), {
          who: "a break-glass user",
          network: home(expectation),
          remedy: "list a role in breakGlass that may set access keys of devices to Active, such as admin",
        });
      default:
        return [];
    }
  });
}

/**
 * The same for stacks whose other proofs are not asked for.
 *
 * @param graph of the stacks of all `environments`
 */
export function recoveryFaults(
  graph: AccessGraph,
  environments: readonly Environment[],
): readonly BrokenProof[] {
  return proveRecovery(new World(graph, expectationsOf(environments)));
}

/** On every coming day, and after an absence of any length, a device works from which the others' keys are set to Active. */
function secondDeviceFaults(
  world: World,
  expectation: Expectation,
  { rules, path }: ExpectedRecovery,
  { owner, devices }: Owner,
): readonly BrokenProof[] {
  const owned = devices.map((arn): OwnedDevice & { readonly arn: string } => ({
    arn,
    owner,
    path,
    userName: nameOf(arn),
    reactivates: devices
      .filter((other) => other !== arn && helps(world, expectation, arn, other))
      .map(nameOf),
  }));
  const found = lockOutDays(owned, rules);
  const [first] = found;
  if (first === undefined) return [];
  const locked = owned.find(({ userName }) => first.locked.includes(userName));
  const asked = locked && failingHelp(world, expectation, devices, locked.arn);
  return [
    broken(
      {
        proof: RECOVERY_WORKS.id,
        environment: expectation.environment,
        subject: `owner/${owner}`,
        message: `recovery is "second-device", and of owner ${owner} a device works from which the others' keys are set to Active: ${onDays(found)}`,
        remedy: `give each device of ${owner} a role that reactivates the others' keys, and set keyRules.lastKeyStays; or declare another recovery in ${placeIn(expectation, "recovery")}`,
      },
      asked?.request,
      asked?.decision,
    ),
  ];
}

/** Whether a device comes to a role that may set the other device's key to Active. */
function helps(world: World, expectation: Expectation, device: string, other: string): boolean {
  return rolesOf(world, device).some(
    ({ role }) =>
      mayReactivate(world, role, other, home(expectation)) && mayAssume(world, expectation, device, role),
  );
}

/** What keeps another device of the owner from setting a key to Active. */
function failingHelp(world: World, expectation: Expectation, devices: Owner["devices"], locked: string) {
  for (const arn of devices) {
    if (arn === locked) continue;
    for (const { role } of rolesOf(world, arn)) {
      const step = failing(world, role, locked, home(expectation), false);
      if (step !== undefined) return step;
      const request = assumption(world, expectation, arn, role);
      const decision = world.ask(request);
      if (decision.effect !== "Allowed") return { request, decision };
    }
  }
  return undefined;
}

const nameOf = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

interface Way {
  readonly who: string;
  readonly network: Network;
  readonly remedy: string;
}

/** Every device of a locked-out owner is in reach of one of the roles. */
function reachFaults(
  world: World,
  expectation: Expectation,
  recovery: ExpectedRecovery,
  roles: readonly Role[],
  { who, network, remedy }: Way,
): readonly BrokenProof[] {
  const tagging = recovery.tags && recovery.by === "oidc";
  return recovery.owners.flatMap(({ owner, devices }) =>
    devices.flatMap((arn) => {
      if (roles.some((role) => mayReactivate(world, role, arn, network, tagging))) return [];
      const [role] = roles;
      const asked = role && failing(world, role, arn, network, tagging);
      const subject = subjectOfArn(arn);
      return [
        broken(
          {
            proof: RECOVERY_WORKS.id,
            environment: expectation.environment,
            subject,
            message:
              role === undefined
                ? `recovery is "${recovery.by}", and there is no role that ${who} can assume`
                : `recovery is "${recovery.by}", and ${who} cannot reactivate the access key of ${subject} (owner ${owner}) through ${roles.map(subjectOf).join(" or ")}`,
            remedy: `${remedy}, or declare another recovery in ${placeIn(expectation, "recovery")}`,
          },
          asked?.request,
          asked?.decision,
        ),
      ];
    }),
  );
}

/** Roles of the account that reactivate keys, as jobs of GitHub come to them. */
function jobRoles(world: World, expectation: Expectation): readonly Role[] {
  return expectedIn(world, expectation).flatMap(({ role, expected }) => {
    const { github, reactivatesKeysOf } = expected;
    if (github === undefined || reactivatesKeysOf === undefined) return [];
    const reached = github.subjects.some(
      (subject) =>
        world.ask(webIdentityRequest(role, github, claimsOf(github, subject))).effect === "Allowed",
    );
    return reached ? [role] : [];
  });
}

/** Roles of the account that its break-glass users can assume. */
function breakGlassRoles(world: World, expectation: Expectation): readonly Role[] {
  const users = expectation.users.filter(({ kind }) => kind === "break-glass").map(({ arn }) => arn);
  return expectedIn(world, expectation)
    .map(({ role }) => role)
    .filter((role) => users.some((user) => mayAssume(world, expectation, user, role)));
}

function expectedIn(world: World, { accountId }: Expectation) {
  return world.graph.roles
    .filter((role) => role.accountId === accountId)
    .flatMap((role) => {
      const expected = world.role(role)?.expected;
      return expected === undefined ? [] : [{ role, expected }];
    });
}
