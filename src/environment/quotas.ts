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
