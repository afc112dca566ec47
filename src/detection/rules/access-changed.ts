import { defineDetection } from "../detection";
import { iamArn, scopePaths } from "../detection-scope";
import type { AccountEvent } from "../event/account-event";
import { lastOf } from "../event/account-event";
import { isOurs, quoted } from "../event/words";
import { callsOf, notBySessionsOf } from "../pattern/fragments";

const NAMES = [
  "AttachGroupPolicy",
  "AttachRolePolicy",
  "AttachUserPolicy",
  "AddUserToGroup",
  "CreatePolicyVersion",
  "DeleteGroupPolicy",
  "DeletePolicy",
  "DeletePolicyVersion",
  "DeleteRolePermissionsBoundary",
  "DeleteRolePolicy",
  "DeleteUserPermissionsBoundary",
  "DeleteUserPolicy",
  "DetachGroupPolicy",
  "DetachRolePolicy",
  "DetachUserPolicy",
  "PutGroupPolicy",
  "PutRolePermissionsBoundary",
  "PutRolePolicy",
  "PutUserPermissionsBoundary",
  "PutUserPolicy",
  "RemoveUserFromGroup",
  "SetDefaultPolicyVersion",
  "UpdateAssumeRolePolicy",
];

export const ACCESS_CHANGED = defineDetection({
  id: "access-changed",
  title: "A guard, trust, group or policy was changed outside of a deployment",
  severity: "high",
  place: "global",
  why: "Whoever attaches a policy, joins a group or rewrites a trust takes rights that nobody reviewed; whoever detaches the guard ends MFA and networks for a group. The next apply puts it back, hours later.",
  example: {
    told: "The admin role attaches AdministratorAccess to user work, or detaches the guard from developers.",
    notTold: "The deployment role does so in an apply; the response writes the session cutoff.",
  },
  reference: {
    title: "Logging IAM and AWS STS API calls",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html",
  },
  since: "0.2.0",
  pattern: (scope) =>
    callsOf(
      "iam",
      NAMES,
      notBySessionsOf([
        ...scope.deploymentRoles,
        iamArn(scope, `role/${scope.namespace}/${scope.namespace}-respond`),
      ]),
    ),
  judge: (event, scope) => {
    // AWS itself does so for a leaked key: that has a detection of its own
    if (/policy\/AWSCompromisedKeyQuarantine/.test(event.parameter("policyArn") ?? "")) return undefined;
    const target = targetOf(event);
    const policy = event.parameter("policyArn") ?? event.parameter("policyName");
    const group = event.parameter("groupName");
    const ours = isOurs(policy, scope) || (group ?? "").startsWith(scope.namespace);
    return {
      what: `called ${event.name} on ${quoted(target)}${policy === undefined || target === policy ? "" : ` (policy ${quoted(lastOf(policy) ?? policy)})`}`,
      subject: `${event.name} ${target}`,
      declared: `${ours ? `${scopePaths(scope).root} is environment ${scope.environment}'s own, and ` : ""}${
        scope.deploymentRoles.length === 0
          ? `environment ${scope.environment} names no deployment role, so every change is told`
          : "this was no deployment role of the environment"
      }`,
    };
  },
});

function targetOf(event: AccountEvent): string {
  const user = event.parameter("userName");
  const group = event.parameter("groupName");
  const role = event.parameter("roleName");
  if (user !== undefined && group !== undefined) return `user ${user} and group ${group}`;
  if (user !== undefined) return `user ${user}`;
  if (group !== undefined) return `group ${group}`;
  if (role !== undefined) return `role ${role}`;
  return event.parameter("policyArn") ?? "?";
}
