import type { EscalationMethod, Gain } from "./method";

const RHINO = "https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/";
const PATHFINDING = "https://pathfinding.cloud/paths/";

const SERVICE_CREDENTIALS =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html";
const IDENTITY_CENTER =
  "https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html";
const ROOT_SESSIONS = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html";
const DELEGATION = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcceptDelegationRequest.html";
const ACCOUNT_ACCESS =
  "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/accountaccess_entitlement";
const OUTBOUND =
  "https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html";

function method(title: string, needs: readonly string[], gain: Gain, source = RHINO): EscalationMethod {
  return { id: needs.join("+"), title, needs, gain, source };
}

const OWN_POLICY: Gain = { kind: "own-policy" };
const OWN_USER: Gain = { kind: "own-principal", of: "user" };
const OWN_GROUP: Gain = { kind: "own-principal", of: "group" };
const OWN_ROLE: Gain = { kind: "own-principal", of: "role" };
const ANOTHER_USER: Gain = { kind: "user" };
const DIRECT: Gain = { kind: "direct" };
const ASSUMABLE: Gain = { kind: "assumable-role" };

/**
 * Ways by IAM and STS alone.
 *
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * @see https://pathfinding.cloud
 */
export const IAM_METHODS: readonly EscalationMethod[] = [
  method("a new version of a policy that the caller carries", ["iam:CreatePolicyVersion"], OWN_POLICY),
  method(
    "an older, broader version of a policy that the caller carries",
    ["iam:SetDefaultPolicyVersion"],
    OWN_POLICY,
  ),
  method("a managed policy attached to the caller's user", ["iam:AttachUserPolicy"], OWN_USER),
  method("a managed policy attached to a group of the caller", ["iam:AttachGroupPolicy"], OWN_GROUP),
  method("a managed policy attached to the caller's role", ["iam:AttachRolePolicy"], OWN_ROLE),
  method("an inline policy of the caller's user", ["iam:PutUserPolicy"], OWN_USER),
  method("an inline policy of a group of the caller", ["iam:PutGroupPolicy"], OWN_GROUP),
  method("an inline policy of the caller's role", ["iam:PutRolePolicy"], OWN_ROLE),
  method(
    "the caller's permissions boundary removed",
    ["iam:DeleteUserPermissionsBoundary"],
    OWN_USER,
    PATHFINDING,
  ),
  method(
    "the caller's permissions boundary replaced",
    ["iam:PutUserPermissionsBoundary"],
    OWN_USER,
    PATHFINDING,
  ),
  method(
    "the role's permissions boundary removed",
    ["iam:DeleteRolePermissionsBoundary"],
    OWN_ROLE,
    PATHFINDING,
  ),
  method(
    "the role's permissions boundary replaced",
    ["iam:PutRolePermissionsBoundary"],
    OWN_ROLE,
    PATHFINDING,
  ),
  method("a policy that denies detached from the caller", ["iam:DetachUserPolicy"], OWN_USER, PATHFINDING),
  method("a policy that denies detached from a group", ["iam:DetachGroupPolicy"], OWN_GROUP, PATHFINDING),
  method("a policy that denies detached from the role", ["iam:DetachRolePolicy"], OWN_ROLE, PATHFINDING),
  method(
    "an inline policy that denies deleted from the user",
    ["iam:DeleteUserPolicy"],
    OWN_USER,
    PATHFINDING,
  ),
  method(
    "an inline policy that denies deleted from a group",
    ["iam:DeleteGroupPolicy"],
    OWN_GROUP,
    PATHFINDING,
  ),
  method(
    "an inline policy that denies deleted from the role",
    ["iam:DeleteRolePolicy"],
    OWN_ROLE,
    PATHFINDING,
  ),
  method("the caller leaves the group that denies", ["iam:RemoveUserFromGroup"], OWN_GROUP, PATHFINDING),
  method("the caller joins a group that holds more", ["iam:AddUserToGroup"], { kind: "group" }),
  method("an access key of another user", ["iam:CreateAccessKey"], ANOTHER_USER),
  method("a password for another user", ["iam:CreateLoginProfile"], ANOTHER_USER),
  method("another user's password changed", ["iam:UpdateLoginProfile"], ANOTHER_USER),
  method(
    "another user's MFA device replaced",
    ["iam:DeactivateMFADevice", "iam:EnableMFADevice"],
    ANOTHER_USER,
    PATHFINDING,
  ),
  method("the trust of a role that holds more", ["iam:UpdateAssumeRolePolicy"], { kind: "role-trust" }),
  method(
    "a policy attached to a role that the caller can assume",
    ["iam:AttachRolePolicy", "sts:AssumeRole"],
    ASSUMABLE,
    PATHFINDING,
  ),
  method(
    "an inline policy of a role that the caller can assume",
    ["iam:PutRolePolicy", "sts:AssumeRole"],
    ASSUMABLE,
    PATHFINDING,
  ),
  method(
    "a new version of a policy of a role that the caller can assume",
    ["iam:CreatePolicyVersion", "sts:AssumeRole"],
    ASSUMABLE,
    PATHFINDING,
  ),
  method("a role that holds more", ["sts:AssumeRole"], { kind: "role-trust" }, PATHFINDING),
  method(
    "a new user with administrator rights",
    ["iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey"],
    { kind: "new-user" },
    PATHFINDING,
  ),
  method(
    "a new user with an inline policy",
    ["iam:CreateUser", "iam:PutUserPolicy", "iam:CreateAccessKey"],
    { kind: "new-user" },
    PATHFINDING,
  ),
  method(
    "a new role with administrator rights",
    ["iam:CreateRole", "iam:AttachRolePolicy"],
    { kind: "new-role" },
    PATHFINDING,
  ),
  method(
    "a new role with an inline policy",
    ["iam:CreateRole", "iam:PutRolePolicy"],
    { kind: "new-role" },
    PATHFINDING,
  ),
  method(
    "another client of a trusted identity provider",
    ["iam:AddClientIDToOpenIDConnectProvider"],
    { kind: "provider" },
    PATHFINDING,
  ),
  method(
    "another certificate of a trusted identity provider",
    ["iam:UpdateOpenIDConnectProviderThumbprint"],
    { kind: "provider" },
    PATHFINDING,
  ),
  method(
    "other metadata of a trusted SAML provider",
    ["iam:UpdateSAMLProvider"],
    { kind: "provider" },
    PATHFINDING,
  ),
  method(
    "an access key in place of a deleted one",
    ["iam:DeleteAccessKey", "iam:CreateAccessKey"],
    ANOTHER_USER,
    PATHFINDING,
  ),
  method(
    "a service credential of another user",
    ["iam:CreateServiceSpecificCredential"],
    ANOTHER_USER,
    SERVICE_CREDENTIALS,
  ),
  method(
    "another user's service credential reset",
    ["iam:ResetServiceSpecificCredential"],
    ANOTHER_USER,
    SERVICE_CREDENTIALS,
  ),
  method(
    "a signing certificate for another user",
    ["iam:UploadSigningCertificate"],
    ANOTHER_USER,
    SERVICE_CREDENTIALS,
  ),
  method(
    "a new user in a group that holds more",
    ["iam:CreateUser", "iam:AddUserToGroup", "iam:CreateAccessKey"],
    { kind: "new-user" },
    PATHFINDING,
  ),
  method(
    "a new user with a password",
    ["iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateLoginProfile"],
    { kind: "new-user" },
    PATHFINDING,
  ),
  method(
    "a permission set that is assigned to the caller",
    ["sso:CreateAccountAssignment"],
    DIRECT,
    IDENTITY_CENTER,
  ),
  method(
    "a managed policy of a permission set",
    ["sso:AttachManagedPolicyToPermissionSet"],
    DIRECT,
    IDENTITY_CENTER,
  ),
  method(
    "a customer managed policy of a permission set",
    ["sso:AttachCustomerManagedPolicyReferenceToPermissionSet"],
    DIRECT,
    IDENTITY_CENTER,
  ),
  method(
    "an inline policy of a permission set",
    ["sso:PutInlinePolicyToPermissionSet"],
    DIRECT,
    IDENTITY_CENTER,
  ),
  method(
    "a permission set of its own",
    ["sso:CreatePermissionSet", "sso:AttachManagedPolicyToPermissionSet", "sso:CreateAccountAssignment"],
    DIRECT,
    IDENTITY_CENTER,
  ),
  method(
    "the boundary of a permission set removed",
    ["sso:DeletePermissionsBoundaryFromPermissionSet"],
    DIRECT,
    IDENTITY_CENTER,
  ),
  method("the root user of a member account", ["sts:AssumeRoot"], DIRECT, ROOT_SESSIONS),
  method("rights delegated on somebody else's request", ["iam:AcceptDelegationRequest"], DIRECT, DELEGATION),
  method(
    "rights delegated on its own request",
    ["iam:AcceptDelegationRequest", "iam:SendDelegationToken"],
    DIRECT,
    DELEGATION,
  ),
  method(
    "an entitlement of Account Access for one of the account's roles",
    ["account-access:CreateEntitlement"],
    DIRECT,
    ACCOUNT_ACCESS,
  ),
  method(
    "tokens of its identity for elsewhere",
    ["iam:EnableOutboundWebIdentityFederation", "sts:GetWebIdentityToken"],
    DIRECT,
    OUTBOUND,
  ),
];
