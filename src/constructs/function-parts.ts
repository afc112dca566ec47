import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import { DEFAULT_RUNTIME } from "../environment/lambda-runtimes";
import { policyDocument, type Statement } from "../iam/policy-document";
import { serviceTrustStatement } from "../policies/service-trust";
import { onlyByFunction } from "../policies/source-function";
import { AssumableRole } from "./assumable-role";
import { FailureQueue } from "./failure-queue";
import { escapedForTerraform } from "./iam-policy-text";
import type { NotificationTopic } from "./notification-topic";

/** The account and region in which functions run: every ARN is computed from them. */
export interface FunctionPlace {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** IAM path of the roles. */
  readonly rolePath: string;
}

/** What every function of the baseline is made of, whoever invokes it. */
export interface FunctionProps {
  readonly place: FunctionPlace;
  /** 1-50 of `A-Za-z0-9_-`; also the beginning of the names of role, queues and alarms. */
  readonly functionName: string;
  readonly description: string;
  /** Deployment package: a zip with fixed bytes, and the base64 of its SHA-256. */
  readonly code: { readonly zipPath: string; readonly sha256Base64: string };
  /** `file.function` in the zip. */
  readonly handler: string;
  /** Lambda runtime. @default the baseline's */
  readonly runtime?: string;
  /** Code signing configuration. @default none */
  readonly codeSigningConfigArn?: string | undefined;
  /** @default "arm64" */
  readonly architecture?: "arm64" | "x86_64";
  /** MB, 128-10240. @default 128 */
  readonly memorySize?: number;
  /** Seconds, 1-900. @default 900 */
  readonly timeoutSeconds?: number;
  /** Invocations at one time, kept for the function; the account's other functions go without them. @default 1 */
  readonly concurrency?: number;
  /** How often Lambda runs a failed invocation again, 0-2. @default 2 */
  readonly retries?: 0 | 1 | 2;
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** What the function may do, besides its own log, queue and topic. */
  readonly statements: readonly Statement[];
  /** Days. @default 365 */
  readonly logRetentionDays?: number;
  /** Who is told. */
  readonly topic: NotificationTopic;
}

export interface FunctionParts {
  readonly lambda: LambdaFunction;
  readonly functionArn: string;
  /** Invocations that failed after every repetition. */
  readonly failures: FailureQueue;
}

/** An event that comes an hour late would meet people at work: later than this, it is dropped and an alarm tells. */
export const MAXIMUM_AGE_SECONDS = 3600;
const FUNCTION_RETRIES = 2;

/** ARN of something of the function's account and region. */
export function placedArn(
  { partition, region, accountId }: FunctionPlace,
  service: string,
  resource: string,
): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** ARN of a role of the baseline: computed, so that a plan shows who acts. */
export function placedRole({ partition, accountId, rolePath }: FunctionPlace, name: string): string {
  return `arn:${partition}:iam::${accountId}:role${rolePath}${name}`;
}

/** A queue beside the function. */
export function functionQueue(
  scope: Construct,
  what: "failures" | "undelivered",
  { place, functionName }: Pick<FunctionProps, "place" | "functionName">,
): FailureQueue {
  const queueName = `${functionName}-${what}`;
  return new FailureQueue(scope, what, { queueName, arn: placedArn(place, "sqs", queueName) });
}

/**
 * A function with its role, log, and a queue for invocations that failed, in the construct that is given: what invokes it
 * is that construct's own.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function addFunction(scope: Construct, props: FunctionProps): FunctionParts {
  const { place, functionName } = props;
  const failures = functionQueue(scope, "failures", props);
  const functionArn = placedArn(place, "lambda", `function:${functionName}`);
  const logGroupName = `/aws/lambda/${functionName}`;
  const role = new AssumableRole(scope, "function-role", {
    roleName: functionName,
    path: place.rolePath,
    // Lambda does not reliably send aws:SourceAccount here; only who may pass the role can use it
    trust: policyDocument(serviceTrustStatement({ principal: "lambda.amazonaws.com" })),
    inlinePolicy: {
      name: "function",
      document: policyDocument(
        ...onlyByFunction(functionArn, [
          ...props.statements,
          {
            Sid: "WriteOwnLog",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: placedArn(place, "logs", `log-group:${logGroupName}:*`),
          },
          { Sid: "Tell", Effect: "Allow", Action: "sns:Publish", Resource: props.topic.arn },
        ]),
        // Lambda itself sends what failed, outside of the function's environment
        { Sid: "KeepFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: failures.arn },
      ),
    },
  });
  const logGroup = new CloudwatchLogGroup(scope, "log", {
    name: logGroupName,
    retentionInDays: props.logRetentionDays ?? 365,
  });
  const code = new TerraformAsset(scope, "code", {
    path: props.code.zipPath,
    type: AssetType.FILE,
    assetHash: Buffer.from(props.code.sha256Base64, "base64").toString("hex").slice(0, 32).toUpperCase(),
  });
  const variables = Object.entries(props.environmentVariables).map(([name, value]) => [
    name,
    escapedForTerraform(value),
  ]);
  const lambda = new LambdaFunction(scope, "function", {
    functionName,
    description: props.description,
    role: placedRole(place, functionName),
    filename: code.path,
    sourceCodeHash: props.code.sha256Base64,
    handler: props.handler,
    runtime: props.runtime ?? DEFAULT_RUNTIME,
    architectures: [props.architecture ?? "arm64"],
    memorySize: props.memorySize ?? 128,
    timeout: props.timeoutSeconds ?? 900,
    ...(props.codeSigningConfigArn !== undefined && { codeSigningConfigArn: props.codeSigningConfigArn }),
    reservedConcurrentExecutions: props.concurrency ?? 1,
    environment: { variables: Object.fromEntries(variables) },
    loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
    // the first run needs its permissions, which are a resource of their own
    dependsOn: [role.permissions],
  });
  new LambdaFunctionEventInvokeConfig(scope, "failures-config", {
    functionName: lambda.functionName,
    maximumRetryAttempts: props.retries ?? FUNCTION_RETRIES,
    maximumEventAgeInSeconds: MAXIMUM_AGE_SECONDS,
    destinationConfig: { onFailure: { destination: failures.arn } },
    dependsOn: [failures.queue],
  });
  return { lambda, functionArn, failures };
}
