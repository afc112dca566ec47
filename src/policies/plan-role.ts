import { policyName } from "../environment/account-names";
import type { Backend } from "../environment/backend";
import type { Statement } from "../iam/policy-document";

/** What the role's permissions are computed from. */
export interface PlanRoleScope {
  /** Name of the environment: its states lie below it. */
  readonly name: string;
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  readonly namespace: string;
  readonly backend: Backend;
}

/**
 * What `terraform plan` and `baseline drift` need and no more: IAM as it is, the hygiene stack's resources by the names
 * of the baseline, the environment's own states, and CloudTrail's event history. Nothing is written: plans run without
 * a lock. Not ReadOnlyAccess, which reads the contents of every bucket and table. What tells secrets is denied besides,
 * whatever else is attached.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function planStatements(scope: PlanRoleScope): readonly Statement[] {
  const { partition, accountId, region } = scope;
  const named = policyName(scope, "*");
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return [
    { Sid: "ReadIam", Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" },
    {
      Sid: "ReadWhatTheStacksMade",
      Effect: "Allow",
      Action: [
        "lambda:Get*",
        "lambda:List*",
        "scheduler:Get*",
        "scheduler:List*",
        "sqs:Get*",
        "sqs:List*",
        "sns:Get*",
        "sns:List*",
        "logs:ListTagsForResource",
        "cloudwatch:ListTagsForResource",
      ],
      Resource: [
        arn("lambda", `function:${named}`),
        arn("scheduler", `schedule/${named}/*`),
        arn("scheduler", `schedule-group/${named}`),
        arn("sqs", named),
        arn("sns", named),
        arn("logs", `log-group:/aws/lambda/${named}`),
        arn("cloudwatch", `alarm:${named}`),
      ],
    },
    {
      // these two list: their resource is every log group, every alarm
      Sid: "DescribeLogGroupsAndAlarms",
      Effect: "Allow",
      Action: ["logs:DescribeLogGroups", "cloudwatch:DescribeAlarms"],
      Resource: [arn("logs", "log-group:*"), arn("cloudwatch", "alarm:*")],
    },
    {
      // lists have no resource: what somebody added is found among all
      Sid: "ListFunctionsAndSchedules",
      Effect: "Allow",
      Action: ["lambda:ListFunctions", "scheduler:ListSchedules"],
      Resource: "*",
    },
    { Sid: "AskWhoDidIt", Effect: "Allow", Action: "cloudtrail:LookupEvents", Resource: "*" },
    ...stateStatements(scope),
    ...secretStatements(scope),
  ];
}

function stateStatements({ name, partition, backend }: PlanRoleScope): readonly Statement[] {
  if (backend.type === "local") return [];
  const bucket = `arn:${partition}:s3:::${backend.bucket}`;
  const prefix = `${backend.keyPrefix}${name}/`;
  return [
    {
      Sid: "ReadOwnStates",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `${bucket}/${prefix}*.tfstate`,
    },
    {
      Sid: "ListOwnStates",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucket,
      // terraform init lists the workspaces, which lie below "env:/"
      Condition: { StringLike: { "s3:prefix": ["env:/", `${prefix}*`] } },
    },
    ...(backend.createBucket
      ? [
          {
            Sid: "ReadStateBucket",
            Effect: "Allow",
            Action: ["s3:GetBucket*", "s3:Get*Configuration"],
            Resource: bucket,
          } as const,
        ]
      : []),
    ...(backend.kmsKeyArn === undefined
      ? []
      : [
          {
            Sid: "DecryptOwnStates",
            Effect: "Allow",
            Action: "kms:Decrypt",
            ...stateKey(backend.kmsKeyArn),
          } as const,
        ]),
  ];
}

/** A key's alias is no resource of a permission: it is a condition. @see https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html */
function stateKey(kmsKeyArn: string): Pick<Statement, "Resource" | "Condition"> {
  const [scope = "", alias] = kmsKeyArn.split(/(?=:alias\/)/);
  if (alias === undefined) return { Resource: kmsKeyArn };
  const condition = { "kms:ResourceAliases": alias.slice(1) };
  return { Resource: `${scope}:key/*`, Condition: { "ForAnyValue:StringEquals": condition } };
}

function secretStatements({ backend }: PlanRoleScope): readonly Statement[] {
  const key = backend.type === "s3" ? backend.kmsKeyArn : undefined;
  const isAlias = key?.includes(":alias/") === true;
  const decrypt = { Sid: "NeverDecryptAnythingElse", Effect: "Deny", Action: "kms:Decrypt" } as const;
  return [
    {
      Sid: "NeverReadSecrets",
      Effect: "Deny",
      Action: ["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue", "ssm:GetParameter*"],
      Resource: "*",
    },
    key === undefined
      ? { ...decrypt, Resource: "*" }
      : isAlias
        ? {
            ...decrypt,
            Resource: "*",
            // true where the key has no alias at all, and where none of its aliases is this one
            Condition: {
              "ForAllValues:StringNotEquals": { "kms:ResourceAliases": key.replace(/^.*:(?=alias\/)/, "") },
            },
          }
        : { ...decrypt, NotResource: key },
  ];
}
