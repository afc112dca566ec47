import { IamArns } from "../environment/arns";
import { type AccessGraph, UNKNOWN_PART } from "../iam/graph";
import { deviceCaller, userArn } from "./callers";
import type { Holder } from "./holder";
import type { OnboardingStepName } from "./onboarding";
import { type Call, type Caller, type Permission, permissionFor } from "./permission";
import { mfaSerialOf, sessionNameOf } from "./profiles";
import type { AssumedRole } from "./role-arns";

/**
 * Whether a step of onboarding will be allowed, by the declared policies: the first key and the MFA device are made by
 * whoever runs the command, the rest by the device itself.
 *
 * @param graph of the identity stacks
 */
export function permissionOf(
  step: OnboardingStepName,
  holder: Holder,
  roles: readonly AssumedRole[],
  caller: Caller,
  graph: AccessGraph,
): Permission {
  const user = userArn(holder);
  const on = (resource: string, ...actions: readonly string[]): readonly Call[] =>
    actions.map((action) => ({ action, resource }));
  switch (step) {
    case "user":
    case "session":
      // nobody can be denied a session of itself but by the guard, which leaves it out
      return permissionFor(
        graph,
        { ...deviceCaller(holder), credentials: { kind: "long-term-key", mfaCode: true } },
        [{ action: "sts:GetSessionToken", resource: "*" }],
      );
    case "key":
      return permissionFor(graph, caller, on(user, "iam:ListAccessKeys", "iam:CreateAccessKey"));
    case "mfa":
      return permissionFor(graph, caller, [
        ...on(mfaSerialOf(holder), "iam:CreateVirtualMFADevice"),
        ...on(user, "iam:ListMFADevices", "iam:EnableMFADevice"),
      ]);
    case "rotation":
      return permissionFor(
        graph,
        deviceCaller(holder),
        on(user, "iam:ListAccessKeys", "iam:CreateAccessKey", "iam:DeleteAccessKey"),
      );
    case "roles":
      return permissionFor(
        graph,
        deviceCaller(holder),
        roles.map(({ environment, name, role }) => ({
          action: "sts:AssumeRole",
          resource: new IamArns(environment).role(`${name}-${environment.roleSuffix ?? UNKNOWN_PART}`),
          context: {
            "sts:RoleSessionName": sessionNameOf(holder),
            ...(role.trust.sourceIdentity && { "sts:SourceIdentity": holder.name }),
          },
        })),
      );
  }
}
