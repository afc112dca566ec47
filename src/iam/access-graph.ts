import type { AccessGraph, AttachedPolicy, Group, Policy, Role, User } from "./graph";
import { managedPolicy } from "./managed-policies";
import type { PolicyDocument } from "./policy-document";

/**
 * A policy of somebody: an inline document, or an AWS managed policy by name or ARN (`job-function/ViewOnlyAccess`).
 *
 * @example
 * ```ts
 * import { accessGraph, type GivenPolicy, policyDocument } from "iam-baseline/iam";
 *
 * const inline: GivenPolicy = policyDocument({ Effect: "Allow", Action: "s3:ListBucket", Resource: "*" });
 * const managed: GivenPolicy = "job-function/ViewOnlyAccess";
 * accessGraph({ users: [{ name: "anna", policies: [inline, managed] }] }).users[0]?.policies.length; // 2
 * ```
 */
export type GivenPolicy = PolicyDocument | string;

/**
 * What a user, group or role has beside its name.
 *
 * @example
 * ```ts
 * import { accessGraph, type GivenPrincipal } from "iam-baseline/iam";
 *
 * const anna: GivenPrincipal = { name: "anna", path: "/people/", policies: ["ReadOnlyAccess"] };
 * accessGraph({ users: [anna] }).users.map(({ arn }) => arn); // ["arn:aws:iam::111122223333:user/people/anna"]
 * ```
 */
export interface GivenPrincipal {
  readonly name: string;
  /** @default "/" */
  readonly path?: string;
  /** Inline policies and AWS managed ones. @default none */
  readonly policies?: readonly GivenPolicy[];
  /** @default no boundary */
  readonly permissionsBoundary?: GivenPolicy;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * @example
 * ```ts
 * import { accessGraph, type GivenUser } from "iam-baseline/iam";
 *
 * const anna: GivenUser = { name: "anna", groups: ["readers"] };
 * accessGraph({ users: [anna], groups: [{ name: "readers" }] }).users[0]?.groups[0]?.name; // "readers"
 * ```
 */
export interface GivenUser extends GivenPrincipal {
  /** Names of groups of the same graph. @default none */
  readonly groups?: readonly string[];
}

/**
 * @example
 * ```ts
 * import { accessGraph, type GivenRole, policyDocument } from "iam-baseline/iam";
 *
 * const daily: GivenRole = {
 *   name: "daily",
 *   trust: policyDocument({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "111122223333" } }),
 * };
 * accessGraph({ roles: [daily] }).roles[0]?.maxSessionDuration; // 3600
 * ```
 */
export interface GivenRole extends GivenPrincipal {
  /** The trust policy: who may assume the role. */
  readonly trust: PolicyDocument;
  /** Seconds, 3600-43200. @default 3600 */
  readonly maxSessionDuration?: number;
}

/**
 * An account, or a part of one, written by hand.
 *
 * @example
 * ```ts
 * import { accessGraph, type GivenAccount } from "iam-baseline/iam";
 *
 * const account: GivenAccount = { accountId: "444455556666", partition: "aws-cn", users: [{ name: "anna" }] };
 * accessGraph(account).users[0]?.arn; // "arn:aws-cn:iam::444455556666:user/anna"
 * ```
 */
export interface GivenAccount {
  /** 12 digits. @default "111122223333" */
  readonly accountId?: string;
  /** @default "aws" */
  readonly partition?: string;
  readonly users?: readonly GivenUser[];
  readonly groups?: readonly Pick<GivenPrincipal, "name" | "path" | "policies">[];
  readonly roles?: readonly GivenRole[];
  /** Hosts of OpenID Connect providers: `token.actions.githubusercontent.com`. @default none */
  readonly oidcProviders?: readonly string[];
}

const DOCUMENTATION_ACCOUNT = "111122223333";

/**
 * A graph of one account, made by hand: names become ARNs, policies are attached where they stand. Documents are taken
 * as they are; `refusedDocuments` tells which of them IAM would refuse.
 *
 * @example
 * ```ts
 * import { accessGraph, evaluate, policyDocument } from "iam-baseline/iam";
 *
 * const graph = accessGraph({
 *   groups: [{ name: "readers", policies: ["AmazonS3ReadOnlyAccess"] }],
 *   users: [{ name: "anna", groups: ["readers"] }],
 *   roles: [
 *     {
 *       name: "daily",
 *       trust: policyDocument({
 *         Effect: "Allow",
 *         Action: "sts:AssumeRole",
 *         Principal: { AWS: "arn:aws:iam::111122223333:user/anna" },
 *       }),
 *     },
 *   ],
 * });
 * const request = {
 *   principal: "arn:aws:iam::111122223333:user/anna",
 *   credentials: { kind: "long-term-key" },
 *   network: { sourceIp: "203.0.113.7" },
 * } as const;
 * evaluate({ ...request, action: "s3:GetObject", resource: "arn:aws:s3:::data/report" }, graph).effect; // "Allowed"
 * evaluate(
 *   { ...request, action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/daily" },
 *   graph,
 * ).effect; // "Allowed"
 * ```
 * @throws RangeError where a user is in a group that is not given
 */
export function accessGraph(account: GivenAccount): AccessGraph {
  const { accountId = DOCUMENTATION_ACCOUNT, partition = "aws" } = account;
  const arnOf = (kind: string, path: string, name: string) =>
    `arn:${partition}:iam::${accountId}:${kind}${path}${name}`;
  const groups = (account.groups ?? []).map(({ name, path = "/", policies = [] }): Group => {
    const arn = arnOf("group", path, name);
    return { kind: "group", arn, name, path, accountId, address: "", policies: attachedTo(arn, policies) };
  });
  const groupsOf = ({ name, groups: names = [] }: GivenUser) =>
    names.map((wanted) => {
      const group = groups.find((one) => one.name === wanted);
      if (group === undefined) throw new RangeError(`user ${name}: no group "${wanted}" is given`);
      return group;
    });
  const principal = (kind: "user" | "role", given: GivenPrincipal) => {
    const { name, path = "/", policies = [], permissionsBoundary, tags = {} } = given;
    const arn = arnOf(kind, path, name);
    const [boundary] = attachedTo(arn, permissionsBoundary === undefined ? [] : [permissionsBoundary]);
    return {
      arn,
      name,
      path,
      accountId,
      address: "",
      tags,
      policies: attachedTo(arn, policies),
      ...(boundary !== undefined && { permissionsBoundary: boundary }),
    };
  };
  return {
    users: (account.users ?? []).map(
      (user): User => ({
        kind: "user",
        ...principal("user", user),
        groups: groupsOf(user),
        loginProfiles: [],
        accessKeys: [],
      }),
    ),
    groups,
    roles: (account.roles ?? []).map((role): Role => {
      const made = principal("role", role);
      const trust = {
        kind: "trust",
        name: "trust",
        address: "",
        attachedBy: "",
        document: role.trust,
      } as const;
      const { maxSessionDuration = 3600 } = role;
      return { kind: "role", ...made, trust, maxSessionDuration, instanceProfiles: [] };
    }),
    managedPolicies: [],
    oidcProviders: (account.oidcProviders ?? []).map((url) => ({
      arn: `arn:${partition}:iam::${accountId}:oidc-provider/${url}`,
      url,
      clientIds: ["sts.amazonaws.com"],
      accountId,
      address: "",
    })),
    safeguards: [],
    unknowns: [],
  };
}

function attachedTo(arn: string, policies: readonly GivenPolicy[]): readonly AttachedPolicy[] {
  return policies.map((given, index) => ({
    ...(typeof given === "string" ? managedPolicy(given) : inline(given, index)),
    attachedBy: arn,
  }));
}

function inline(document: PolicyDocument, index: number): Policy {
  return { kind: "inline", name: `policy-${index + 1}`, address: "", document };
}
