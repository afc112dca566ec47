import type { Environment } from "../../environment/environment";
import type { AccessGraph, Role } from "../../iam/graph";
import type { AccessRequest, Network } from "../../iam/request";
import { WITH_MFA } from "../world/credential-samples";
import type { Expectation, ExpectedRecovery } from "../world/expectation";
import { expectationsOf } from "../world/expectation-of";
import { claimsOf, webIdentityRequest } from "../world/github-faults";
import type { BrokenProof, DeclaredWeakness } from "../world/proof";
import { subjectOf, subjectOfArn } from "../world/subject";
import { broken, placeIn, World } from "../world/world";
import { assumption, failing, home, mayAssume, mayReactivate, rolesOf } from "./reactivation-rights";

/** A runner's address, which nobody knows before. */
const ANYWHERE: Network = { sourceIp: "192.0.2.77" };

/** Devices that one line of a report names. */
const SHOWN = 10;

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
        return recovery.owners.flatMap((owner) => secondDeviceFaults(world, expectation, owner));
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

/**
 * Devices whose inactive key the owner's other devices cannot set to Active: the owner still comes in, as
 * "second-device" says, but needs somebody else for this key.
 */
export function devicesThatStayLocked(world: World): readonly DeclaredWeakness[] {
  return world.expectations.flatMap((expectation) => {
    const { recovery, environment } = expectation;
    if (recovery?.by !== "second-device") return [];
    const locked = recovery.owners.flatMap(({ devices }) =>
      devices
        .filter(({ arn }) => {
          const helpers = devices.filter((device) => device.arn !== arn && !device.nightly);
          return !helpers.some((helper) =>
            rolesOf(world, helper.arn)
              .filter(({ role }) => mayAssume(world, expectation, helper.arn, role))
              .some(({ role }) => mayReactivate(world, role, arn, home(expectation))),
          );
        })
        .map(({ arn }) => subjectOfArn(arn)),
    );
    if (locked.length === 0) return [];
    const rest = locked.length - SHOWN;
    const shown = `${locked.slice(0, SHOWN).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
    return [
      {
        environment,
        subject: "recovery",
        message: `once a rule has ended its key, no other device of the same owner may set it to Active again: ${shown}; that takes an administrator or root`,
      },
    ];
  });
}

/** One of the devices that no nightly rule ends can still be worked with. */
function secondDeviceFaults(
  world: World,
  expectation: Expectation,
  { owner, devices }: Owner,
): readonly BrokenProof[] {
  const left = devices.length > 1 ? devices.filter(({ nightly }) => !nightly) : [];
  const requests = left.flatMap(({ arn }) => workOf(world, expectation, arn));
  const decisions = requests.map((request) => ({ request, decision: world.ask(request) }));
  if (decisions.some(({ decision }) => decision.effect === "Allowed")) return [];
  const [first] = decisions;
  const names = left.map(({ arn }) => subjectOfArn(arn)).join(" and ");
  return [
    broken(
      {
        proof: "recovery-works",
        environment: expectation.environment,
        subject: `owner/${owner}`,
        message:
          left.length === 0
            ? `recovery is "second-device", and owner ${owner} has none that a night leaves`
            : `recovery is "second-device", and owner ${owner} cannot work with ${names}: none of its roles can be assumed`,
        remedy: `give ${names || "a further device"} a role that it can assume, or declare another recovery in ${placeIn(expectation, "recovery")}`,
      },
      first?.request,
      first?.decision,
    ),
  ];
}

/** What makes a device useful: its roles; a device without one looks after its own key. */
function workOf(world: World, expectation: Expectation, device: string): readonly AccessRequest[] {
  const roles = rolesOf(world, device);
  if (roles.length > 0) return roles.map(({ role }) => assumption(world, expectation, device, role));
  return [
    {
      principal: device,
      credentials: WITH_MFA,
      network: home(expectation),
      action: "iam:ListAccessKeys",
      resource: device,
    },
  ];
}

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
    devices.flatMap(({ arn }) => {
      if (roles.some((role) => mayReactivate(world, role, arn, network, tagging))) return [];
      const [role] = roles;
      const asked = role && failing(world, role, arn, network, tagging);
      const subject = subjectOfArn(arn);
      return [
        broken(
          {
            proof: "recovery-works",
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
