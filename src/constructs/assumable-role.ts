import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { nameRule } from "../environment/iam-names";
import { quotas } from "../environment/quotas";
import { isRoleDescription } from "../environment/rules/text";
import { listOf, type PolicyDocument, type Statement } from "../iam/policy-document";
import { countedCharacters, minified } from "../policies/minified";
import { escapedForTerraform, policyText } from "./iam-policy-text";
import type { ManagedPolicy } from "./managed-policy";

export interface AssumableRoleProps {
  /** Role name, 1-64 of `A-Za-z0-9+=,.@_-`; may end in a token, such as a random suffix. */
  readonly roleName: string;
  /** IAM path. */
  readonly path: string;
  /** Who may assume the role: at most `maxTrustCharacters`; never `*`. */
  readonly trust: PolicyDocument;
  /** Quota of the account, where AWS raised it. @default 2048 */
  readonly maxTrustCharacters?: number | undefined;
  /** Quota of the account, where AWS raised it. @default 10 */
  readonly maxManagedPolicies?: number | undefined;
  /** What must exist before the trust policy names it: IAM refuses principals that do not exist. @default nothing */
  readonly trusts?: readonly ITerraformDependable[];
  /** ARNs of managed policies by a name that says what they are; at most 10. @default none */
  readonly managedPolicyArns?: Readonly<Record<string, string>>;
  /** Managed policies made here, by a name that says what they are. @default none */
  readonly managedPolicies?: Readonly<Record<string, ManagedPolicy>>;
  /** The role's own policy; 10,240 characters at most. @default none */
  readonly inlinePolicy?: { readonly name: string; readonly document: PolicyDocument } | undefined;
  /** The most the role may do: a policy made here, or its ARN. @default none */
  readonly permissionsBoundary?: ManagedPolicy | string | undefined;
  /** Seconds, 3600-43200. @default 3600 */
  readonly maxSessionDuration?: number;
  /** At most 1,000 characters of Latin-1. @default none */
  readonly description?: string | undefined;
  /** Create an instance profile of the role's name, for EC2. @default false */
  readonly instanceProfile?: boolean;
  /** Tags besides the provider's default tags. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Role that carries exactly these policies and that exactly these principals assume.
 *
 * @throws RangeError for `Principal: *`, for a trust policy that is too long, for user policies (guard, self-service)
 * on a role, and for policies, a session or a description that IAM would refuse.
 */
export class AssumableRole extends Construct {
  /** Known before apply only where the name is. */
  readonly arn: string;
  /** Reference to the role's name. */
  readonly name: string;
  /** What whoever acts as the role from the start has to depend on. */
  readonly permissions: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AssumableRoleProps) {
    super(scope, id);
    refuseWhatIsNotARole(this.node.path, props);
    const boundary = props.permissionsBoundary;
    const boundaryPolicies = boundary === undefined || typeof boundary === "string" ? [] : [boundary.policy];
    const dependsOn = [...(props.trusts ?? []), ...boundaryPolicies];
    const role = new IamRole(this, "role", {
      name: props.roleName,
      path: props.path,
      assumeRolePolicy: policyText(props.trust),
      maxSessionDuration: props.maxSessionDuration ?? quotas.sessionSecondsMin,
      ...(props.description !== undefined && { description: escapedForTerraform(props.description) }),
      ...(boundary !== undefined && {
        permissionsBoundary: typeof boundary === "string" ? boundary : boundary.arn,
      }),
      ...(props.tags && Object.keys(props.tags).length > 0 && { tags: { ...props.tags } }),
      ...(dependsOn.length > 0 && { dependsOn }),
    });
    this.arn = role.arn;
    this.name = role.name;
    const made = Object.entries(props.managedPolicies ?? {});
    const attachments = [
      ...Object.entries(props.managedPolicyArns ?? {}).map(
        ([part, policyArn]) =>
          new IamRolePolicyAttachment(this, `attachment-${part}`, { role: role.name, policyArn }),
      ),
      ...made.map(
        ([part, { arn: policyArn, policy }]) =>
          new IamRolePolicyAttachment(this, `attachment-${part}`, {
            role: role.name,
            policyArn,
            dependsOn: [policy],
          }),
      ),
    ];
    new IamRolePolicyAttachmentsExclusive(this, "attachments", {
      roleName: role.name,
      policyArns: attachments.map(({ policyArn }) => policyArn),
    });
    const inline =
      props.inlinePolicy &&
      new IamRolePolicy(this, "policy", {
        role: role.name,
        name: props.inlinePolicy.name,
        policy: policyText(props.inlinePolicy.document),
      });
    this.permissions = new IamRolePoliciesExclusive(this, "policies", {
      roleName: role.name,
      policyNames: inline ? [inline.name] : [],
    });
    if (props.instanceProfile) {
      new IamInstanceProfile(this, "instance-profile", {
        name: role.name,
        path: props.path,
        role: role.name,
      });
    }
  }
}

function refuseWhatIsNotARole(at: string, props: AssumableRoleProps): void {
  const rule = Token.isUnresolved(props.roleName) ? undefined : nameRule("role", props.roleName);
  if (rule !== undefined) throw new RangeError(`${at}: ${rule}, got "${props.roleName}"; rename the role`);
  const open = props.trust.Statement.find(trustsEverybody);
  if (open !== undefined) {
    throw new RangeError(
      `${at}: a trust policy names who may assume the role, got ${JSON.stringify(open.Principal ?? { NotPrincipal: open.NotPrincipal })}; list users, services or a provider`,
    );
  }
  const length = minified(props.trust).length;
  const mostTrust = props.maxTrustCharacters ?? quotas.trustPolicyCharacters;
  if (length > mostTrust) {
    throw new RangeError(
      `${at}: a trust policy has at most ${mostTrust} characters, got ${length}; split the role, or ask AWS to raise quota L-C07B4B0D`,
    );
  }
  const seconds = props.maxSessionDuration ?? quotas.sessionSecondsMin;
  if (seconds < quotas.sessionSecondsMin || seconds > quotas.sessionSecondsMax) {
    throw new RangeError(
      `${at}: a session lasts ${quotas.sessionSecondsMin}-${quotas.sessionSecondsMax} seconds, got ${seconds}`,
    );
  }
  refuseBeyondQuotas(at, props);
  const userPolicy = [
    ...Object.values(props.managedPolicyArns ?? {}).filter((arn) =>
      /\/[^/]*-(guard|self-service)[^/]*$/.test(arn),
    ),
    ...(props.inlinePolicy?.document.Statement ?? [])
      .filter(asksForUserKeys)
      .map((statement) => JSON.stringify(statement)),
  ][0];
  if (userPolicy !== undefined) {
    throw new RangeError(
      `${at}: guard and self-service are for users, because a role session carries neither MFA nor aws:username, got ${userPolicy}; put MFA and networks into the trust policy`,
    );
  }
}

function refuseBeyondQuotas(at: string, props: AssumableRoleProps): void {
  const managed =
    Object.keys(props.managedPolicyArns ?? {}).length + Object.keys(props.managedPolicies ?? {}).length;
  const mostManaged = props.maxManagedPolicies ?? quotas.managedPoliciesPerRole;
  if (managed > mostManaged) {
    throw new RangeError(
      `${at}: a role has at most ${mostManaged} managed policies, got ${managed}; merge some`,
    );
  }
  const inline = props.inlinePolicy ? countedCharacters(props.inlinePolicy.document) : 0;
  if (inline > quotas.roleInlineCharacters) {
    throw new RangeError(
      `${at}: the inline policy of a role has at most ${quotas.roleInlineCharacters} characters without white space, got ${inline}; move statements into a managed policy`,
    );
  }
  if (props.description !== undefined && !isRoleDescription(props.description)) {
    throw new RangeError(
      `${at}: a role's description is at most ${quotas.roleDescriptionCharacters} characters of Latin-1, got ${JSON.stringify(props.description.slice(0, 60))}; write it in Latin letters`,
    );
  }
}

function trustsEverybody({ Effect, Principal, NotPrincipal }: Statement): boolean {
  if (Effect === "Deny") return false;
  if (NotPrincipal !== undefined || Principal === undefined || typeof Principal === "string") return true;
  return Object.values(Principal).some((principals) => listOf(principals).includes("*"));
}

const asksForUserKeys = (statement: Statement) =>
  /aws:(username|MultiFactorAuth(Present|Age))/i.test(JSON.stringify(statement));
