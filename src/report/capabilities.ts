import { accessLevel } from "../iam/actions";

/** Kinds of what a principal may do, in the order of reports. */
export const CAPABILITIES = [
  { id: "view", title: "view", meaning: "see what exists: lists and descriptions, no contents" },
  { id: "read-data", title: "read", meaning: "read contents: objects, items, secrets, messages" },
  { id: "write-data", title: "write", meaning: "write or delete contents" },
  {
    id: "change-resources",
    title: "change",
    meaning: "create, change or delete resources other than IAM's",
  },
  { id: "own-key", title: "own key", meaning: "create, change or delete its own access key" },
  { id: "enrol-own-mfa", title: "enrol MFA", meaning: "enrol an MFA device of its own" },
  { id: "remove-own-mfa", title: "drop MFA", meaning: "deactivate its own MFA device" },
  {
    id: "others-credentials",
    title: "others",
    meaning: "manage keys, passwords or MFA of other users",
  },
  { id: "manage-iam", title: "IAM", meaning: "change users, groups, roles or policies" },
] as const;

export type CapabilityId = (typeof CAPABILITIES)[number]["id"];

/** An action on a resource that stands for a capability. */
export interface Probe {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the caller chooses. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** Who is asked about: resources of IAM are its own or another's. */
export interface ProbedPrincipal {
  readonly arn: string;
  readonly accountId: string;
  readonly partition: string;
  readonly kind: "user" | "role";
  readonly name: string;
}

/** Actions whose answers hold contents, and not only descriptions; AWS's level `Read` has both. */
const READS_DATA =
  /^(s3:getobject(version|torrent)?|s3-object-lambda:getobject|dynamodb:(getitem|batchgetitem|query|scan|getrecords|partiqlselect)|secretsmanager:(batch)?getsecretvalue|ssm:getparameters?(bypath|history)?|sqs:receivemessage|kinesis:getrecords|kms:decrypt|rds-data:.*statement|redshift-data:.*|athena:getqueryresults|logs:(getlogevents|filterlogevents|getqueryresults|startquery|unmask)|ecr:(getdownloadurlforlayer|batchgetimage)|codecommit:(gitpull|getfile|getblob)|codeartifact:getpackageversionasset|ebs:getsnapshotblock|elasticfilesystem:clientmount|lambda:getfunction|glacier:getjoboutput|cloudformation:gettemplate)$/;

/** Actions that put contents, where AWS's level says only `Write`. */
const WRITES_DATA =
  /^(s3:(putobject|deleteobject|deleteobjectversion|restoreobject|replicateobject|abortmultipartupload)|dynamodb:(putitem|updateitem|deleteitem|batchwriteitem|partiql(insert|update|delete))|sqs:(sendmessage|deletemessage|purgequeue)|sns:publish|kinesis:putrecords?|firehose:putrecord(batch)?|secretsmanager:putsecretvalue|ssm:putparameter|kms:encrypt|logs:putlogevents|ecr:(putimage|uploadlayerpart|completelayerupload|initiatelayerupload|batchdeleteimage)|codecommit:(gitpush|putfile)|codeartifact:publishpackageversion|elasticfilesystem:clientwrite|timestream:writerecords|events:putevents|cloudwatch:putmetricdata)$/;

const CREDENTIAL =
  /^iam:(create|update|delete)(accesskey|loginprofile|servicespecificcredential|signingcertificate)$|^iam:(uploadsshpublickey|uploadsigningcertificate|updatesshpublickey|resetservicespecificcredential|deactivatemfadevice|deletevirtualmfadevice|enablemfadevice|resyncmfadevice|createvirtualmfadevice|changepassword)$/;

const OWN_KEY = /^iam:(create|update|delete)accesskey$/;
const ENROL = /^iam:(createvirtualmfadevice|enablemfadevice)$/;
const REMOVE = /^iam:(deactivatemfadevice|deletevirtualmfadevice)$/;

/**
 * The capability that an allowed action on a resource is part of; nothing for what no capability holds
 * (assuming roles is told apart, and nobody gains anything by asking who he is).
 */
export function capabilityOf(
  { action, resource }: Probe,
  principal: ProbedPrincipal,
): CapabilityId | undefined {
  const name = action.toLowerCase();
  if (name.startsWith("sts:")) return undefined;
  if (name.startsWith("iam:") && CREDENTIAL.test(name)) {
    if (!isOwn(resource, principal)) return "others-credentials";
    if (OWN_KEY.test(name)) return "own-key";
    if (ENROL.test(name)) return "enrol-own-mfa";
    return REMOVE.test(name) ? "remove-own-mfa" : undefined;
  }
  if (READS_DATA.test(name)) return "read-data";
  if (WRITES_DATA.test(name)) return "write-data";
  const level = /^[^:]+:(list|describe)/.test(name) ? "List" : accessLevel(name);
  if (name.startsWith("iam:") && isOwn(resource, principal) && (level === "List" || level === "Read"))
    return undefined;
  if (level === "List" || level === "Read") return "view";
  return name.startsWith("iam:") ? "manage-iam" : "change-resources";
}

function isOwn(resource: string, { arn, accountId, name, kind }: ProbedPrincipal): boolean {
  if (kind === "role") return false;
  const device = `:${accountId}:mfa/${name}`;
  return resource === arn || resource.endsWith(device) || resource.includes(`${device}/`);
}

/** Probes that somebody with all of a capability passes; who passes some has part of it. */
export function generalProbes(
  capability: CapabilityId,
  principal: ProbedPrincipal,
  others: readonly string[],
): readonly Probe[] {
  const { arn, accountId, partition, name } = principal;
  const on = (resource: string) => (action: string) => ({ action, resource });
  const iam = (type: string) => `arn:${partition}:iam::${accountId}:${type}/unlisted-example`;
  const object = `arn:${partition}:s3:::unlisted-example-bucket/example`;
  const regional = (service: string, rest: string) =>
    `arn:${partition}:${service}:${EXAMPLE_REGION}:${accountId}:${rest}`;
  switch (capability) {
    case "view":
      return [
        "s3:ListAllMyBuckets",
        "ec2:DescribeInstances",
        "iam:ListRoles",
        "lambda:ListFunctions",
        "dynamodb:ListTables",
      ].map(on("*"));
    case "read-data":
      return [
        { action: "s3:GetObject", resource: object },
        { action: "dynamodb:GetItem", resource: regional("dynamodb", "table/unlisted-example") },
        {
          action: "secretsmanager:GetSecretValue",
          resource: regional("secretsmanager", "secret:unlisted-example-AbCdEf"),
        },
        { action: "ssm:GetParameter", resource: regional("ssm", "parameter/unlisted-example") },
        { action: "sqs:ReceiveMessage", resource: regional("sqs", "unlisted-example") },
      ];
    case "write-data":
      return [
        { action: "s3:PutObject", resource: object },
        { action: "s3:DeleteObject", resource: object },
        { action: "dynamodb:PutItem", resource: regional("dynamodb", "table/unlisted-example") },
        { action: "sqs:SendMessage", resource: regional("sqs", "unlisted-example") },
      ];
    case "change-resources":
      return [
        { action: "ec2:TerminateInstances", resource: regional("ec2", "instance/i-0ffffffffffffffff") },
        { action: "lambda:UpdateFunctionCode", resource: regional("lambda", "function:unlisted-example") },
        { action: "s3:DeleteBucket", resource: `arn:${partition}:s3:::unlisted-example-bucket` },
        { action: "cloudtrail:StopLogging", resource: regional("cloudtrail", "trail/unlisted-example") },
        {
          action: "kms:ScheduleKeyDeletion",
          resource: regional("kms", "key/00000000-0000-4000-8000-000000000000"),
        },
      ];
    case "own-key":
      return ["iam:CreateAccessKey", "iam:UpdateAccessKey", "iam:DeleteAccessKey"].map(on(arn));
    case "enrol-own-mfa":
      return [
        { action: "iam:CreateVirtualMFADevice", resource: `arn:${partition}:iam::${accountId}:mfa/${name}` },
        { action: "iam:EnableMFADevice", resource: arn },
      ];
    case "remove-own-mfa":
      return [{ action: "iam:DeactivateMFADevice", resource: arn }];
    case "others-credentials":
      return [iam("user"), ...others].flatMap((user) =>
        [
          "iam:CreateAccessKey",
          "iam:UpdateAccessKey",
          "iam:CreateLoginProfile",
          "iam:DeactivateMFADevice",
        ].map(on(user)),
      );
    case "manage-iam":
      return [
        ...["iam:CreateUser", "iam:AttachUserPolicy"].map(on(iam("user"))),
        ...["iam:CreateRole", "iam:UpdateAssumeRolePolicy", "iam:PutRolePolicy"].map(on(iam("role"))),
        ...["iam:CreatePolicyVersion"].map(on(iam("policy"))),
        ...["iam:PutGroupPolicy"].map(on(iam("group"))),
      ];
  }
}

/** A region for ARNs that need one; nothing is looked up there. */
const EXAMPLE_REGION = "us-east-1";

/** Capabilities that only users have: roles have no keys and no MFA. */
export function concerns(capability: CapabilityId, kind: "user" | "role"): boolean {
  return kind === "user" || !["own-key", "enrol-own-mfa", "remove-own-mfa"].includes(capability);
}
