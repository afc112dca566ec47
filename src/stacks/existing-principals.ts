import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ExistingGroup } from "../constructs/existing-group";
import { ExistingPolicy } from "../constructs/existing-policy";
import { ExistingRole } from "../constructs/existing-role";
import { ExistingUser } from "../constructs/existing-user";
import { IamArns } from "../environment/arns";
import type { Environment } from "../environment/environment";
import { existingUserArn } from "../environment/existing/principals";
import type { ExistingUser as DeclaredUser } from "../environment/existing/schema";
import { managedPolicyParts } from "./managed-policy-parts";

/** What of the stack existing principals refer to. */
export interface ExistingPlace {
  readonly stack: TerraformStack;
  readonly environment: Environment;
  /** Provider without default tags. */
  readonly provider: AwsProvider;
  /** References to the names of the groups that the environment makes. */
  readonly groups: ReadonlyMap<string, string>;
}

/**
 * Adds the principals that the account had before. A user stands where it would stand as a device or a repository, so
 * that it keeps its address on the day when it becomes one.
 */
export function addExistingPrincipals(place: ExistingPlace): void {
  const { stack, environment, provider } = place;
  const { existing } = environment;
  const arns = new IamArns(environment);
  const policies = new Map<string, ITerraformDependable>();
  for (const [policyName, { path, document, tags, leftAlone }] of Object.entries(existing.policies)) {
    const made = new ExistingPolicy(stack, `existing-policy-${policyName}`, {
      policyName,
      path,
      document,
      tags,
      leftAlone,
      provider,
    });
    policies.set(arns.policy(policyName, path), made.policy);
  }
  const managed = (names: readonly string[]) =>
    Object.fromEntries(
      Object.entries(managedPolicyParts(arns, names)).map(([part, arn]) => {
        const policy = policies.get(arn);
        return [part, { arn, ...(policy && { dependsOn: [policy] }) }];
      }),
    );
  const boundary = (name: string | undefined) => (name === undefined ? undefined : arns.managedPolicy(name));

  const groups = new Map(place.groups);
  for (const [groupName, { path, managedPolicies, inlinePolicies }] of Object.entries(existing.groups)) {
    const group = new ExistingGroup(stack, `group-${groupName}`, {
      groupName,
      path,
      managedPolicies: managed(managedPolicies),
      inlinePolicies,
      provider,
    });
    groups.set(groupName, group.name);
  }

  const users = new Map<string, ITerraformDependable>();
  for (const [userName, user] of Object.entries(existing.users)) {
    const [scope, id] = placeOfUser(stack, userName, user);
    const made = new ExistingUser(scope, id, {
      userName,
      path: user.path,
      groupNames: [...user.groups].sort().flatMap((name) => groups.get(name) ?? []),
      managedPolicies: managed(user.managedPolicies),
      inlinePolicies: user.inlinePolicies,
      permissionsBoundary: boundary(user.permissionsBoundary),
      tags: user.tags,
      provider,
    });
    users.set(existingUserArn(environment, userName), made.user);
  }

  for (const [roleName, role] of Object.entries(existing.roles)) {
    const trustText = JSON.stringify(role.trust);
    new ExistingRole(stack, `existing-role-${roleName}`, {
      roleName,
      path: role.path,
      trust: role.trust,
      trusts: arnsIn(trustText).flatMap((arn) => users.get(arn) ?? []),
      description: role.description,
      managedPolicies: managed(role.managedPolicies),
      inlinePolicies: role.inlinePolicies,
      permissionsBoundary: boundary(role.permissionsBoundary),
      maxSessionDuration: role.maxSessionDuration,
      instanceProfiles: role.instanceProfiles,
      tags: role.tags,
      leftAlone: role.leftAlone,
      provider,
    });
  }
}

/** Where the user stands as a device or as the user of a repository. */
function placeOfUser(
  stack: TerraformStack,
  userName: string,
  { as, repository }: DeclaredUser,
): readonly [scope: Construct, id: string] {
  if (as === "device") return [new Construct(stack, `device-${userName}`), "Default"];
  if (as === "repository" && repository !== undefined) {
    return [new Construct(stack, `repository-${repository.replace("/", ".")}`), "Default"];
  }
  return [stack, `user-${userName}`];
}

/** ARNs of users that a document names, in the order of the alphabet. */
function arnsIn(text: string): readonly string[] {
  return [...new Set(text.match(/arn:aws[a-z-]*:iam::\d{12}:user\/[^"*?]+/g) ?? [])].sort();
}
