/** To whom the statements of a document speak. */
export type Audience =
  /** To the principals that it names: policies of buckets, queues, keys. */
  | { readonly kind: "principals" }
  /** To a fixed holder, who may do no more than it says, and gets all that it says: permission sets, IoT policies. */
  | { readonly kind: "holder"; readonly words: string }
  /** To callers whom others let in: it only limits them. Endpoint policies, service and resource control policies. */
  | { readonly kind: "limit"; readonly words: string };

const FIXED: readonly (readonly [types: RegExp, audience: Audience])[] = [
  [/^aws_ssoadmin_/, { kind: "holder", words: "whoever holds the permission set" }],
  [/^aws_iot_/, { kind: "holder", words: "every device with the policy" }],
  [
    /^aws_(?:transfer_(?:user|access)|quicksight_iam_policy_assignment)/,
    { kind: "holder", words: "every session of the user" },
  ],
  [
    /^aws_(?:lakeformation|emr_studio|cognito_identity|eks_pod_identity|rolesanywhere|sts|identitystore|verifiedaccess)/,
    { kind: "limit", words: "sessions" },
  ],
  [
    /^aws_(?:vpc_endpoint|ec2_instance_connect_endpoint|networkmanager|vpclattice_auth_policy$)/,
    { kind: "limit", words: "what goes through the endpoint" },
  ],
  [/^aws_organizations_/, { kind: "limit", words: "accounts that the policy is attached to" }],
  [
    /^aws_(?:dlm_|ecr_lifecycle_policy|autoscaling_policy|appautoscaling_policy|wafv2|waf|networkfirewall|fms_|backup_plan|ssm_)/,
    { kind: "limit", words: "the service" },
  ],
];

/** Whom a document in an attribute of a type speaks to. Those that name no principal speak to a holder. */
export function audienceOf(type: string, path: string): Audience {
  if (/_resource_policy$/.test(type) && !type.startsWith("aws_organizations_")) return { kind: "principals" };
  // a VPC Lattice auth policy names principals, and lets them in
  if (type === "aws_vpclattice_auth_policy") return { kind: "principals" };
  if (/inline_policy|permissions?_policy|session_policy/.test(path) && !/^aws_iam_/.test(type))
    return { kind: "holder", words: "whoever acts with it" };
  return FIXED.find(([types]) => types.test(type))?.[1] ?? { kind: "principals" };
}
