import { groupsOfDevice } from "../../src/environment/device-groups";
import type { Environment } from "../../src/environment/environment";
import type { PolicyDocument } from "../../src/iam/policy-document";
import {
  ciGroupPolicy,
  guardPolicy,
  rolePolicy,
  selfServicePolicy,
} from "../../src/policies/environment-policies";
import { minified } from "../../src/policies/minified";
import { roleTrust } from "../../src/policies/role-trust";
import type { Account, GroupInAccount, RoleInAccount, UserInAccount } from "./account";

/** Out-of-band acts of the test name these; the environment `personal` has to have them. */
export const NAMES = {
  work: "work",
  home: "home",
  developers: "developers",
  admin: "admin",
} as const;

/**
 * What IAM has to hold after the first apply: read from the environment and the policy documents, never from the
 * synthesized Terraform.
 *
 * @param suffix the random end of the role names, as IAM holds it
 */
export function expectedAccount(environment: Environment, suffix: string): Omit<Account, "passwordPolicy"> {
  const { accountId, namespace } = environment;
  const root = `/${namespace}/`;
  const policyArn = (name: string) => `arn:aws:iam::${accountId}:policy${root}${name}`;
  const awsManaged = (name: string) => `arn:aws:iam::aws:policy/${name}`;
  const defaultTags = { ...environment.tags, environment: environment.name, "managed-by": "iam-baseline" };

  const user = (path: string, owner: string, groups: readonly string[], tags = {}): UserInAccount => ({
    path: `${root}${path}/`,
    tags: { ...defaultTags, ...tags, owner },
    groups: [...groups].sort(),
    attached: [],
    inline: {},
    hasPassword: false,
    accessKeys: 0,
    mfaDevices: 0,
  });
  const users: Record<string, UserInAccount> = {};
  for (const [name, device] of Object.entries(environment.devices)) {
    users[name] = user("device", device.owner, groupsOfDevice(environment, device), device.tags);
  }
  for (const [repository, { owner, groups }] of Object.entries(environment.repositories)) {
    const [account = "", name = ""] = repository.split("/");
    users[`${account}.${name}`] = user("ci", owner ?? account, groups, { repository });
  }

  const groups: Record<string, GroupInAccount> = {};
  const policies: Record<string, Account["policies"][string]> = {};
  for (const [name, group] of Object.entries(environment.developerGroups)) {
    const managed = [
      guardPolicy(environment, group.guard),
      selfServicePolicy(environment, "device", group.allowSelfReactivation),
    ];
    for (const policy of managed)
      policies[policyArn(policy.name)] = { path: root, document: asWritten(policy.document) };
    groups[name] = {
      path: root,
      attached: managed.map((policy) => policyArn(policy.name)).sort(),
      inline: {},
    };
  }
  for (const [name, group] of Object.entries(environment.ciGroups)) {
    const own = ciGroupPolicy(environment, name);
    groups[name] = {
      path: root,
      attached: group.managedPolicies.map(awsManaged).sort(),
      inline: own ? { [own.name]: asWritten(own.document) } : {},
    };
  }

  const roles: Record<string, RoleInAccount> = {};
  for (const [name, role] of Object.entries(environment.roles)) {
    const own = rolePolicy(environment, role);
    roles[`${name}-${suffix}`] = {
      path: root,
      description: role.description ?? "",
      maxSessionDuration: role.maxSessionDuration,
      trust: asWritten(roleTrust(environment, [environment], name, role)),
      attached: role.managedPolicies.map(awsManaged).sort(),
      inline: own ? { [own.name]: asWritten(own.document) } : {},
    };
  }
  return { users, groups, roles, policies, virtualMfaDevices: 0 };
}

/** A document as the constructs write it: a list of one value is that value. */
const asWritten = (document: PolicyDocument): unknown => JSON.parse(minified(document));

/** Changes that the next plan has to show after the out-of-band acts: these, and nothing else. */
export function expectedRepairs(stack: string): readonly string[] {
  return [
    `aws_iam_role ${stack}/role-${NAMES.admin}/role: update`,
    `aws_iam_user_group_membership ${stack}/device-${NAMES.home}/Default/groups: update`,
    `aws_iam_user_policies_exclusive ${stack}/device-${NAMES.home}/Default/policies: update`,
    `aws_iam_user_policy_attachments_exclusive ${stack}/device-${NAMES.work}/Default/attachments: update`,
  ];
}
