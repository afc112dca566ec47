/** What EventBridge delivers of a service. */
export interface KnownSource {
  /** `detail-type`s that its events have. */
  readonly detailTypes: readonly string[];
  /** `eventSource` in the records of CloudTrail; absent where the service's events are its own. */
  readonly eventSource?: string;
  /** Prefix of its actions, for the names of its calls. */
  readonly actionPrefix?: string;
  /** Names of records that are no actions of the service. */
  readonly otherNames?: readonly string[];
  /** Delivered in one region of the partition alone: its control plane is there. */
  readonly isGlobal?: boolean;
}

export const API_CALL = "AWS API Call via CloudTrail";
export const CONSOLE_SIGN_IN = "AWS Console Sign In via CloudTrail";
export const CONSOLE_ACTION = "AWS Console Action via CloudTrail";
export const SERVICE_EVENT = "AWS Service Event via CloudTrail";

const calls = (
  prefix: string,
  more: Omit<KnownSource, "detailTypes"> & { readonly detailTypes?: readonly string[] } = {},
): KnownSource => ({
  eventSource: `${prefix}.amazonaws.com`,
  actionPrefix: prefix,
  ...more,
  detailTypes: [API_CALL, CONSOLE_ACTION, SERVICE_EVENT, ...(more.detailTypes ?? [])],
});

/**
 * The sources of events that rules of this project are about. A pattern that names another source of AWS's cannot be
 * judged and is refused: add it here, with the page that says so.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 */
export const KNOWN_SOURCES: Readonly<Record<string, KnownSource>> = {
  "aws.iam": calls("iam", { isGlobal: true }),
  // regional endpoints deliver where they are, the global one in us-east-1
  "aws.sts": calls("sts"),
  "aws.signin": calls("signin", {
    detailTypes: [CONSOLE_SIGN_IN, "Sign-in Anomaly Alert"],
    otherNames: [
      "ConsoleLogin",
      "CheckMfa",
      "SwitchRole",
      "ExitRole",
      "PasswordRecoveryRequested",
      "PasswordRecoveryCompleted",
      "PasswordUpdated",
      "EmailUpdated",
    ],
  }),
  "aws.rolesanywhere": calls("rolesanywhere"),
  "aws.organizations": calls("organizations", { isGlobal: true }),
  "aws.account": calls("account", { isGlobal: true }),
  "aws.cloudtrail": calls("cloudtrail"),
  "aws.events": calls("events"),
  "aws.sns": calls("sns"),
  "aws.sqs": calls("sqs"),
  "aws.scheduler": calls("scheduler"),
  "aws.lambda": calls("lambda", {
    // the records carry the version of Lambda's own interface
    otherNames: [
      "UpdateFunctionCode20150331v2",
      "UpdateFunctionConfiguration20150331v2",
      "DeleteFunction20150331",
      "PutFunctionConcurrency20171031",
      "DeleteFunctionConcurrency20171031",
      "AddPermission20150331v2",
      "RemovePermission20150331v2",
    ],
  }),
  "aws.logs": calls("logs"),
  "aws.monitoring": calls("monitoring", { actionPrefix: "cloudwatch" }),
  "aws.guardduty": calls("guardduty", { detailTypes: ["GuardDuty Finding"] }),
  "aws.config": calls("config", { detailTypes: ["Config Rules Compliance Change"] }),
  "aws.access-analyzer": calls("access-analyzer", {
    detailTypes: [
      "Access Analyzer Finding",
      "Internal Access Finding",
      "Unused Access Finding for IAM entities",
    ],
  }),
  "aws.s3": calls("s3"),
  "aws.kms": calls("kms"),
  "aws.health": { detailTypes: ["AWS Health Event", "AWS Health Abuse Event"] },
};

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export const USER_IDENTITY_TYPES = [
  "Root",
  "IAMUser",
  "AssumedRole",
  "Role",
  "FederatedUser",
  "Directory",
  "AWSAccount",
  "AWSService",
  "IdentityCenterUser",
  "SAMLUser",
  "WebIdentityUser",
  "Unknown",
] as const;

/**
 * Calls that read and are delivered all the same: EventBridge takes them for changes, as they hand out credentials.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 */
export const DELIVERED_READS: readonly string[] = ["GetFederationToken", "GetSessionToken"];
