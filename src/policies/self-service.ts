import { type PolicyDocument, policyDocument } from "../iam/policy-document";

export interface SelfServiceSettings {
  /** ARN of the users below one literal path, ending in `/`: the user's own name is put behind it. */
  readonly userArnPrefix: string;
  /** ARN of MFA devices, ending in `/`. */
  readonly mfaArnPrefix: string;
  /** Whether a user with a living MFA session may set its own key to Active again after the nightly run. */
  readonly allowSelfReactivation: boolean;
}

const OWN_NAME = "${aws:username}";

/**
 * What a device user may do as itself: look after its own access key and its own MFA device. The path is literal,
 * because `${aws:username}` is the friendly name: `user/*${aws:username}` would give user `p` every user that ends in p.
 * List actions have no resource, so only `*` matches them.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function selfServiceDocument(settings: SelfServiceSettings): PolicyDocument {
  const ownUser = `${settings.userArnPrefix}${OWN_NAME}`;
  const ownDevices = [`${settings.mfaArnPrefix}${OWN_NAME}`, `${settings.mfaArnPrefix}${OWN_NAME}/*`];
  const withMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
  return policyDocument(
    {
      Sid: "ManageOwnKeysAndReadOwnMfa",
      Effect: "Allow",
      Action: [
        "iam:GetUser",
        "iam:ListAccessKeys",
        "iam:GetAccessKeyLastUsed",
        "iam:CreateAccessKey",
        ...(settings.allowSelfReactivation ? ["iam:UpdateAccessKey"] : []),
        "iam:DeleteAccessKey",
        "iam:ListMFADevices",
        "iam:GetMFADevice",
        "iam:EnableMFADevice",
        "iam:ResyncMFADevice",
      ],
      Resource: ownUser,
    },
    {
      Sid: "DeactivateOwnMfaOnlyWithMfa",
      Effect: "Allow",
      Action: "iam:DeactivateMFADevice",
      Resource: ownUser,
      Condition: withMfa,
    },
    {
      Sid: "CreateOwnVirtualMfa",
      Effect: "Allow",
      Action: "iam:CreateVirtualMFADevice",
      Resource: ownDevices,
    },
    {
      Sid: "DeleteOwnVirtualMfaOnlyWithMfa",
      Effect: "Allow",
      Action: "iam:DeleteVirtualMFADevice",
      Resource: ownDevices,
      Condition: withMfa,
    },
    {
      Sid: "ListVirtualMfaForEnrolment",
      Effect: "Allow",
      Action: "iam:ListVirtualMFADevices",
      Resource: "*",
    },
  );
}
