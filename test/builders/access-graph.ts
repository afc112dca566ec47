import { EMPTY_GRAPH } from "../../src/iam/empty-graph";
import type {
  AccessGraph,
  AttachedPolicy,
  Group,
  OidcProvider,
  Policy,
  Role,
  Unknown,
  User,
} from "../../src/iam/graph";
import { type PolicyDocument, policyDocument, type Statement } from "../../src/iam/policy-document";

export const ACCOUNT = "111122223333";
export const OTHER_ACCOUNT = "444455556666";

/** A graph with nothing in it but what is given. */
export function accessGraph(parts: Partial<AccessGraph> = {}): AccessGraph {
  return { ...EMPTY_GRAPH, ...parts };
}

/** A device user `laptop` without groups or policies. */
export function user(parts: Partial<User> & { readonly name?: string } = {}): User {
  const { name = "laptop", path = "/baseline/device/", accountId = ACCOUNT } = parts;
  return {
    kind: "user",
    arn: `arn:aws:iam::${accountId}:user${path}${name}`,
    name,
    path,
    accountId,
    address: `aws_iam_user.${name}`,
    tags: {},
    policies: [],
    groups: [],
    loginProfiles: [],
    accessKeys: [],
    ...parts,
  };
}

/** A group `developers` without policies. */
export function group(parts: Partial<Group> = {}): Group {
  const { name = "developers", path = "/", accountId = ACCOUNT } = parts;
  return {
    kind: "group",
    arn: `arn:aws:iam::${accountId}:group${path}${name}`,
    name,
    path,
    accountId,
    address: `aws_iam_group.${name}`,
    policies: [],
    ...parts,
  };
}

/** A role `daily` that trusts nobody in particular: give it a trust. */
export function role(parts: Partial<Role> & { readonly trust: AttachedPolicy }): Role {
  const { name = "daily", path = "/baseline/", accountId = ACCOUNT } = parts;
  return {
    kind: "role",
    arn: `arn:aws:iam::${accountId}:role${path}${name}`,
    name,
    path,
    accountId,
    address: `aws_iam_role.${name}`,
    tags: {},
    policies: [],
    maxSessionDuration: 3600,
    instanceProfiles: [],
    ...parts,
  };
}

/** A policy in force, named after its Terraform address. */
export function attached(
  document: PolicyDocument | Unknown,
  parts: Partial<Policy> & { readonly attachedBy?: string } = {},
): AttachedPolicy {
  const { name = "policy" } = parts;
  const address = `aws_iam_policy.${name}`;
  return { kind: "managed", name, address, attachedBy: `${address}-attachment`, document, ...parts };
}

/** A policy of these statements, attached. */
export function policyOf(...statements: readonly Statement[]): AttachedPolicy {
  return attached(policyDocument(...statements));
}

/** The trust policy of a role. */
export function trust(...statements: readonly Statement[]): AttachedPolicy {
  const address = "aws_iam_role.daily";
  return {
    kind: "trust",
    name: "trust",
    address,
    attachedBy: address,
    document: policyDocument(...statements),
  };
}

/** A document that is known after apply. */
export function unknownDocument(address = "aws_iam_policy.later.policy"): Unknown {
  return { unknown: true, address, reason: "known after apply" };
}

export function githubProvider(parts: Partial<OidcProvider> = {}): OidcProvider {
  const { accountId = ACCOUNT, url = "token.actions.githubusercontent.com" } = parts;
  return {
    arn: `arn:aws:iam::${accountId}:oidc-provider/${url}`,
    url,
    clientIds: ["sts.amazonaws.com"],
    accountId,
    address: "aws_iam_openid_connect_provider.github",
    ...parts,
  };
}

export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = "*",
): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
});

export const deny = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = "*",
): Statement => ({
  Effect: "Deny",
  Action,
  Resource,
});
