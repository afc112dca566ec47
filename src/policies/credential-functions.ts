import type { Statement } from "../iam/policy-document";

/**
 * What the deactivation function may do: list users, list and update access keys below the managed paths. It can make
 * and delete none, and an explicit Deny keeps it from exempt users whatever else allows it. UpdateAccessKey has no
 * condition key for the status, so the permission alone could also activate; the code only ever sends `Inactive`.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function deactivationStatements(settings: {
  /** User ARN patterns below the managed paths: `arn:...:user/baseline/device/*`. */
  readonly managedUserArns: readonly string[];
  readonly exemptUserArns: readonly string[];
  /** Whether a rule asks when a key was last used. */
  readonly lastUsed: boolean;
  /** Whether temporary reactivations, which are tags, are honoured. */
  readonly tags: boolean;
}): readonly Statement[] {
  return [
    // a list action has no resource: only `*` matches it
    { Sid: "ListUsers", Effect: "Allow", Action: "iam:ListUsers", Resource: "*" },
    {
      Sid: "DeactivateKeysOfManagedUsers",
      Effect: "Allow",
      Action: [
        "iam:ListAccessKeys",
        "iam:UpdateAccessKey",
        ...(settings.lastUsed ? ["iam:GetAccessKeyLastUsed"] : []),
        ...(settings.tags ? ["iam:ListUserTags"] : []),
      ],
      Resource: settings.managedUserArns,
    },
    {
      Sid: "NeverExemptUsers",
      Effect: "Deny",
      Action: "iam:UpdateAccessKey",
      Resource: settings.exemptUserArns,
    },
  ];
}

/** What a function may do with the queue that keeps its reports until they are told. */
export function keepReportsStatement(queueArn: string): Statement {
  return {
    Sid: "KeepReportsUntilTold",
    Effect: "Allow",
    Action: ["sqs:DeleteMessage", "sqs:ReceiveMessage", "sqs:SendMessage"],
    Resource: queueArn,
  };
}

/**
 * What the audit may do: have a credential report made, read it, and look at what the report leaves out. It changes
 * nothing.
 *
 * @param userArns users whose SSH keys are listed, and whose access keys are where the report is older than the last
 *   nightly run
 * @param quarantineArns AWS's quarantine policies, of every version
 */
export function auditStatements(
  userArns: readonly string[],
  quarantineArns: readonly string[],
): readonly Statement[] {
  return [
    {
      Sid: "ReadCredentialReport",
      Effect: "Allow",
      Action: ["iam:GenerateCredentialReport", "iam:GetCredentialReport", "iam:ListServerCertificates"],
      Resource: "*",
    },
    {
      Sid: "ListWhatTheReportLeavesOut",
      Effect: "Allow",
      Action: ["iam:ListAccessKeys", "iam:ListSSHPublicKeys"],
      Resource: userArns,
    },
    {
      Sid: "ListServiceSpecificCredentials",
      Effect: "Allow",
      Action: "iam:ListServiceSpecificCredentials",
      Resource: "*",
    },
    { Sid: "SeeQuarantine", Effect: "Allow", Action: "iam:ListEntitiesForPolicy", Resource: quarantineArns },
  ];
}
