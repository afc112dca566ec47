/** What an import does not take over, and why. */
export interface NotTaken {
  readonly kind: "user" | "group" | "role" | "policy" | "identity-provider" | "setting";
  readonly name: string;
  readonly reason: string;
}

interface Named {
  readonly name: string;
  readonly path: string;
  readonly systemTags: Readonly<Record<string, string>>;
}

/** Names and paths of principals that a service or another tool made and changes. */
const OWNERS: readonly (readonly [owns: (one: Named) => boolean, reason: string])[] = [
  [
    ({ path }) => path.startsWith("/aws-service-role/"),
    "service-linked role: the service that made it owns it",
  ],
  [
    ({ name, path }) =>
      path.startsWith("/aws-reserved/sso.amazonaws.com/") || name.startsWith("AWSReservedSSO_"),
    "role of a permission set: IAM Identity Center owns it",
  ],
  [({ path }) => path.startsWith("/aws-reserved/"), "IAM keeps this path for AWS and refuses changes"],
  [
    ({ name, path }) =>
      name.startsWith("AWSControlTower") ||
      /^aws-?controltower-/i.test(name) ||
      path.startsWith("/aws-controltower/"),
    "AWS Control Tower made it, and calls every change of it drift",
  ],
  [
    ({ name }) =>
      /^stacksets-exec-/.test(name) ||
      /^AWSCloudFormationStackSet(?:Administration|Execution)Role$/.test(name),
    "role of CloudFormation StackSets: deployments from the management account run as it",
  ],
  [
    ({ name }) => /^cdk-[a-z0-9]{1,10}-(?:.+)-role-\d{12}-/.test(name),
    "the AWS CDK's bootstrap stack owns it",
  ],
];

/**
 * Why somebody else owns a principal, or nothing. Two owners would take each other's changes back.
 *
 * @see https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html
 */
export function ownedByAnother(one: Named): string | undefined {
  const stack = one.systemTags["aws:cloudformation:stack-name"];
  if (stack !== undefined) return `CloudFormation's stack ${stack} owns it`;
  return OWNERS.find(([owns]) => owns(one))?.[1];
}
