import { defineRule } from "../findings/rule";
import type { Group, Role } from "../iam/graph";
import { readSessionCutoff } from "../policies/session-cutoff-policy";
import type { Closure } from "./escalation/closure";
import type { Expectation } from "./world/expectation";
import type { BrokenProof } from "./world/proof";
import { subjectOf } from "./world/subject";
import { broken, type World } from "./world/world";

export const CUTOFF_ONLY_DENIES = defineRule({
  id: "cutoff-only-denies",
  area: "proof",
  title: "The policy that ends sessions grants something, is missing, or is on who writes it",
  severities: ["high"],
  why: "A function writes its versions, so whoever carries it gets what it holds. As long as it only denies sessions that began before a moment, and its writers do not carry it, whoever writes it can lock out and not gain. Where it is not attached, sessions of a leaked key live for up to 36 hours.",
  example: {
    before: 'a version of baseline-session-cutoff with "Effect": "Allow", attached to group developers',
    after: "the Deny of sessions before a moment alone",
  },
  remedy: "Leave its document to the baseline, and attach it as the baseline does.",
  since: "0.2.0",
});

/**
 * The one policy whose versions a function writes: by its exact shape it can only deny, it is on everybody whose sessions
 * may have to end, and its writers are not among them.
 */
export function proveCutoff(world: World, closure: Closure): readonly BrokenProof[] {
  return world.expectations.flatMap((expectation) => {
    const { cutoffArn } = expectation;
    if (cutoffArn === undefined) return [];
    return [
      ...grants(world, expectation, cutoffArn),
      ...missing(world, expectation, cutoffArn),
      ...writers(world, closure, expectation, cutoffArn),
    ];
  });
}

function grants({ graph }: World, { environment }: Expectation, arn: string): readonly BrokenProof[] {
  return graph.managedPolicies
    .filter((policy) => policy.arn === arn)
    .flatMap(({ document }) => {
      if (!("unknown" in document) && readSessionCutoff(document) !== undefined) return [];
      return broken({
        proof: CUTOFF_ONLY_DENIES.id,
        environment,
        subject: `policy/${arn.split("/").pop() ?? ""}`,
        message: `${arn} holds something else than a Deny of sessions begun before a moment`,
        remedy: "leave its document to the baseline: everybody who carries it would get what it allows",
      });
    });
}

function missing(world: World, expectation: Expectation, arn: string): readonly BrokenProof[] {
  const { environment, groups, roles, root } = expectation;
  // what an account had before keeps its own policies
  const lacks = (holder: Group | Role) =>
    holder.arn.includes(root) && !holder.policies.some((policy) => policy.arn === arn);
  const expectedGroups = groups.flatMap((expected) => {
    const guarded = expected.guard.mfa || expected.guard.networks || expected.kind === "ci";
    const group = world.graph.groups.find((one) => one.arn === expected.arn);
    return guarded && expected.forRole !== true && group !== undefined && lacks(group) ? [group] : [];
  });
  const expectedRoles = world.graph.roles.filter(
    (role) => roles.some((one) => one.users.length > 0 && world.role(role)?.expected === one) && lacks(role),
  );
  return [...expectedGroups, ...expectedRoles].map((holder: Group | Role) =>
    broken({
      proof: CUTOFF_ONLY_DENIES.id,
      environment,
      subject: subjectOf(holder),
      message: `${subjectOf(holder)} does not carry ${arn}: sessions of it cannot be ended`,
      remedy: "attach it, as the baseline does",
    }),
  );
}

/** Functions of the baseline that write it; everybody else is `machinery-is-untouched`. */
function writers(
  { graph }: World,
  closure: Closure,
  { environment, machinery = [] }: Expectation,
  arn: string,
): readonly BrokenProof[] {
  const own = new Set(machinery.flatMap(({ arns }) => arns));
  return graph.roles
    .filter((role) => own.has(role.arn) && role.policies.some((policy) => policy.arn === arn))
    .flatMap((role) => {
      const answer = closure.actor(role).on("iam:CreatePolicyVersion", arn);
      if (answer === undefined) return [];
      const parts = {
        proof: CUTOFF_ONLY_DENIES.id,
        environment,
        subject: subjectOf(role),
        message: `${subjectOf(role)} writes ${arn} and carries it: whatever it writes it gets`,
        remedy: "detach the policy from the role",
      };
      return [broken(parts, answer.request, answer.decision)];
    });
}
