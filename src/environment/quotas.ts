import { defineRefusal } from "../findings/refusal";

export const QUOTA_EXCEEDED = defineRefusal({
  code: "quota-exceeded",
  title: "More of something than IAM takes",
  why: "IAM counts users, groups and roles of an account, groups of a user, policies of an entity and tags. A plan does not count; the apply would stop half-way.",
  example:
    "environments/prod.ts: devices.laptop.groups: an IAM user is in at most 10 groups, got 11; merge some of the groups; AWS does not raise this limit [quota-exceeded]",
  remedy: "Merge or split as the message says. Some quotas AWS raises on request, others never.",
  since: "0.1.0",
});
/**
 * IAM's limits, at their defaults: what every account has without a support ticket.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const quotas = {
  usersPerAccount: 5000,
  groupsPerAccount: 300,
  rolesPerAccount: 1000,
  managedPoliciesPerAccount: 1500,
  groupsPerUser: 10,
  managedPoliciesPerGroup: 10,
  managedPoliciesPerRole: 10,
  tagsPerEntity: 50,
  tagKeyCharacters: 128,
  tagValueCharacters: 256,
  pathCharacters: 512,
  userNameCharacters: 64,
  roleNameCharacters: 64,
  groupNameCharacters: 128,
  policyNameCharacters: 128,
  /** Counted without white space. */
  managedPolicyCharacters: 6144,
  /** All inline policies of one group together, without white space. */
  groupInlineCharacters: 5120,
  /** All inline policies of one role together, without white space. */
  roleInlineCharacters: 10240,
  /** AWS does not say that white space is not counted here, so everything is. */
  trustPolicyCharacters: 2048,
  roleDescriptionCharacters: 1000,
  sessionSecondsMin: 3600,
  sessionSecondsMax: 43200,
} as const;
