import type { AccessGraph, Group, Policy, Role, User } from "../../iam/graph";
import { grantsIam } from "../world/grants-iam";
import { subjectOf, subjectOfArn } from "../world/subject";
import type { Actor, Answer, Given } from "./actor";
import { attachable, choosableBoundaries } from "./attachable";
import * as change from "./changed-principal";
import type { Step } from "./step";

type Principal = User | Role;

/** Actions that give rights or take limits away: a principal that no Allow grants one of them gives nothing. */
const GIVING = [
  "PutUserPolicy",
  "AttachUserPolicy",
  "PutRolePolicy",
  "AttachRolePolicy",
  "PutGroupPolicy",
  "AttachGroupPolicy",
  "AddUserToGroup",
  "CreatePolicyVersion",
  "SetDefaultPolicyVersion",
  "DeleteUserPermissionsBoundary",
  "PutUserPermissionsBoundary",
  "DeleteRolePermissionsBoundary",
  "PutRolePermissionsBoundary",
  "DetachUserPolicy",
  "DeleteUserPolicy",
  "DetachRolePolicy",
  "DeleteRolePolicy",
  "DetachGroupPolicy",
  "DeleteGroupPolicy",
  "RemoveUserFromGroup",
].map((name) => `iam:${name}`);

export function givesAnything(actor: Actor): boolean {
  return GIVING.some((action) => actor.grants(action));
}

/** Everything that one principal can give to another, which may be itself. */
export function stepsToGive(graph: AccessGraph, actor: Actor, receiver: Principal): readonly Step[] {
  if (receiver.accountId !== actor.principal.accountId) return [];
  return [
    ...policies(graph, actor, receiver),
    ...versions(actor, receiver),
    ...(receiver.kind === "user" ? groups(graph, actor, receiver) : []),
    ...(limits(receiver) ? withoutLimits(graph, actor, receiver) : []),
  ];
}

function step(
  actor: Actor,
  receiver: Principal,
  action: string,
  target: string,
  answer: Answer | undefined,
  to: Principal,
): readonly Step[] {
  if (answer === undefined) return [];
  const { principal: from } = actor;
  return [{ way: "gives", from, to, target, actions: [action], answers: [answer], receiver }];
}

/** `iam:PermissionsBoundary` of a request on a principal that exists is the boundary that it has. */
function boundaryGiven({ permissionsBoundary }: Principal): Given {
  const arn = permissionsBoundary?.arn;
  return arn === undefined
    ? { absent: ["iam:PermissionsBoundary"] }
    : { context: { "iam:PermissionsBoundary": arn } };
}

function policies(graph: AccessGraph, actor: Actor, receiver: Principal): readonly Step[] {
  const kind = receiver.kind === "user" ? "User" : "Role";
  const given = boundaryGiven(receiver);
  const put = `iam:Put${kind}Policy`;
  const found = actor.grants(put)
    ? step(
        actor,
        receiver,
        put,
        subjectOf(receiver),
        actor.on(put, receiver.arn, given),
        change.withEverything(receiver),
      )
    : [];
  return [...found, ...attachments(graph, actor, receiver, `iam:Attach${kind}Policy`, receiver, given)];
}

/** Attaching is as good as what may be attached: anything, or each of the policies that `iam:PolicyARN` leaves. */
function attachments(
  graph: AccessGraph,
  actor: Actor,
  receiver: Principal,
  action: string,
  on: Principal | Group,
  given: Given,
): readonly Step[] {
  if (!actor.grants(action)) return [];
  const found: Step[] = [];
  for (const { policies: attached, everything, writing } of attachable(graph, actor, action)) {
    const [{ arn = "" } = { arn: "" }] = attached;
    const context = { ...given.context, "iam:PolicyARN": arn };
    const answer = actor.on(action, on.arn, { ...given, context });
    if (answer === undefined) continue;
    const to = everything ? change.withEverything(receiver) : change.withPolicies(receiver, attached);
    for (const one of step(actor, receiver, action, subjectOfArn(on.arn), answer, to)) {
      if (writing === undefined) found.push(one);
      else {
        const { actions, answers } = one;
        found.push({ ...one, actions: [...actions, writing.request.action], answers: [...answers, writing] });
      }
    }
    // nothing can be attached that gives more
    if (everything) break;
  }
  return found;
}

/** New and older versions of the customer managed policies that it carries, also as its boundary. */
function versions(actor: Actor, receiver: Principal): readonly Step[] {
  const boundary = receiver.permissionsBoundary;
  const carried = unique(
    [
      ...receiver.policies,
      ...(receiver.kind === "user" ? receiver.groups.flatMap((group) => group.policies) : []),
      ...(boundary === undefined ? [] : [boundary]),
    ].flatMap(({ kind, arn }) => (kind === "managed" && arn !== undefined ? [arn] : [])),
  );
  return ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"].flatMap((action) =>
    actor.grants(action)
      ? carried.flatMap((arn) =>
          step(
            actor,
            receiver,
            action,
            subjectOfArn(arn),
            actor.on(action, arn),
            change.withNewVersion(receiver, arn),
          ),
        )
      : [],
  );
}

function groups(graph: AccessGraph, actor: Actor, receiver: User): readonly Step[] {
  const own = receiver.groups.flatMap((group) => [
    ...(actor.grants("iam:PutGroupPolicy")
      ? step(
          actor,
          receiver,
          "iam:PutGroupPolicy",
          subjectOfArn(group.arn),
          actor.on("iam:PutGroupPolicy", group.arn),
          change.withEverything(receiver),
        )
      : []),
    ...attachments(graph, actor, receiver, "iam:AttachGroupPolicy", group, {}),
  ]);
  if (!actor.grants("iam:AddUserToGroup")) return own;
  const more = graph.groups.filter(
    (group) =>
      group.accountId === receiver.accountId && !receiver.groups.includes(group) && grantsIam(group.policies),
  );
  return [
    ...own,
    ...more.flatMap((group) =>
      step(
        actor,
        receiver,
        "iam:AddUserToGroup",
        subjectOfArn(group.arn),
        actor.on("iam:AddUserToGroup", group.arn),
        { ...receiver, groups: [...receiver.groups, group] },
      ),
    ),
  ];
}

/** Whether anything but missing rights holds the principal back. */
function limits(receiver: Principal): boolean {
  const all = [
    ...receiver.policies,
    ...(receiver.kind === "user" ? receiver.groups.flatMap((group) => group.policies) : []),
  ];
  return receiver.permissionsBoundary !== undefined || all.some(denies);
}

function denies({ document }: Policy): boolean {
  return "unknown" in document || document.Statement.some(({ Effect }) => Effect === "Deny");
}

function withoutLimits(graph: AccessGraph, actor: Actor, receiver: Principal): readonly Step[] {
  const kind = receiver.kind === "user" ? "User" : "Role";
  const found: Step[] = [];
  const add = (action: string, on: string, given: Given, to: Principal) => {
    if (actor.grants(action))
      found.push(...step(actor, receiver, action, subjectOfArn(on), actor.on(action, on, given), to));
  };
  const given = boundaryGiven(receiver);
  if (receiver.permissionsBoundary !== undefined) {
    add(`iam:Delete${kind}PermissionsBoundary`, receiver.arn, given, change.withoutBoundary(receiver));
    found.push(...boundaries(graph, actor, receiver, `iam:Put${kind}PermissionsBoundary`));
  }
  for (const policy of receiver.policies.filter(denies)) {
    const to = change.withoutPolicies(receiver, (one) => one === policy);
    if (policy.arn === undefined) add(`iam:Delete${kind}Policy`, receiver.arn, given, to);
    else {
      const context = { ...given.context, "iam:PolicyARN": policy.arn };
      add(`iam:Detach${kind}Policy`, receiver.arn, { ...given, context }, to);
    }
  }
  if (receiver.kind === "role") return found;
  for (const group of receiver.groups.filter((one) => one.policies.some(denies))) {
    add("iam:RemoveUserFromGroup", group.arn, {}, change.withoutGroup(receiver, group));
    for (const policy of group.policies.filter(denies)) {
      const to = change.withoutPolicies(receiver, (one) => one === policy);
      if (policy.arn === undefined) add("iam:DeleteGroupPolicy", group.arn, {}, to);
      else add("iam:DetachGroupPolicy", group.arn, { context: { "iam:PolicyARN": policy.arn } }, to);
    }
  }
  return found;
}

/** Another boundary in place of the present one: any, or those that `iam:PermissionsBoundary` leaves. */
function boundaries(graph: AccessGraph, actor: Actor, receiver: Principal, action: string): readonly Step[] {
  if (!actor.grants(action)) return [];
  for (const boundary of choosableBoundaries(graph, actor, action)) {
    const arn = boundary.arn ?? "";
    if (arn === receiver.permissionsBoundary?.arn) continue;
    const answer = actor.on(action, receiver.arn, { context: { "iam:PermissionsBoundary": arn } });
    if (answer === undefined) continue;
    const to =
      "unknown" in boundary.document
        ? change.withoutBoundary(receiver)
        : change.withBoundary(receiver, boundary);
    return step(actor, receiver, action, subjectOf(receiver), answer, to);
  }
  return [];
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
