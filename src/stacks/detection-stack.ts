import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Construct } from "constructs";
import { AccessAnalyzer } from "../constructs/access-analyzer";
import { ConfigRecorder } from "../constructs/config-recorder";
import { EventFunction } from "../constructs/event-function";
import { FailureQueue } from "../constructs/failure-queue";
import { type FunctionPlace, placedArn } from "../constructs/function-parts";
import { NotificationTopic } from "../constructs/notification-topic";
import { ScheduledFunction } from "../constructs/scheduled-function";
import { ThreatDetector } from "../constructs/threat-detector";
import { Trail } from "../constructs/trail";
import { managedConfigRules } from "../detection/config-rules";
import { detectionScope } from "../detection/scope-of";
import { policyName } from "../environment/account-names";
import { IamArns } from "../environment/arns";
import { type Detection as DetectionSettings, ownTrail } from "../environment/detection";
import type { Environment } from "../environment/environment";
import { sessionsTellTheirUser } from "../environment/human-roles";
import { controlPlaneRegion } from "../environment/regions-of-events";
import { LAMBDA_HANDLER, type LambdaFunctionName } from "../lambda-bundle/function-name";
import { type LambdaZip, lambdaZip } from "../lambda-bundle/lambda-zip";
import { keepReportsStatement } from "../policies/credential-functions";
import { responseStatements } from "../policies/response-function";
import { SESSION_CUTOFF } from "../policies/session-cutoff-policy";
import { AccountStack } from "./account-stack";
import { DetectionRules } from "./detection-rules";

/** The response has less than a minute; the rest is for telling what could not be done. */
const RESPOND_SECONDS = 55;

/**
 * What watches the account: `<environment>-detection`. A trail, rules on the event bus of the regions in which AWS delivers,
 * a function that words what they match for people, and AWS's own detectors where they are asked for.
 *
 * Rules of other regions hand their events to a bus of the home region: targets have to be where their rule is.
 */
export class DetectionStack extends AccountStack {
  private readonly arns: IamArns;
  private readonly topic: NotificationTopic;
  private readonly busName: string;

  constructor(
    scope: Construct,
    environment: Environment,
    private readonly settings: DetectionSettings,
    /** Every environment, this one included: some assume its roles. */
    private readonly all: readonly Environment[],
    /** Where the functions' code comes from. @default built or shipped zips */
    private readonly codeOf: (name: LambdaFunctionName) => LambdaZip = (name) => lambdaZip(name),
  ) {
    super(scope, environment, "detection");
    this.arns = new IamArns(environment);
    this.busName = policyName(environment, "detection");
    const topicName = policyName(environment, "detection");
    this.topic = new NotificationTopic(this, "topic", {
      topicName,
      arn: placedArn(this.place, "sns", topicName),
      accountId: environment.accountId,
      emails: settings.notifications.emails,
    });
    this.addTrail();
    this.addDetectors();
    const notify = this.addNotify();
    const respond = environment.respond === undefined ? undefined : this.addRespond();
    const byItself = respond !== undefined && environment.respond?.leakedKeys === true;
    const functions = {
      notify: { arn: notify.functionArn },
      ...(byItself && { respond: { arn: respond.functionArn } }),
    };
    new DetectionRules(this, environment, settings, functions, this.place, this.busName, this.topic.arn);
  }

  private addTrail(): void {
    const { partition, accountId, region } = this.environment;
    const trail = ownTrail(this.settings.trail);
    if (trail === undefined) return;
    new Trail(this, "trail", {
      trailName: trail.name ?? policyName(this.environment, "trail"),
      bucketName: trail.bucket ?? policyName(this.environment, `trail-${accountId}`),
      retentionDays: trail.retentionDays,
      import: trail.import,
      partition,
      accountId,
      region,
    });
  }

  private addDetectors(): void {
    const { environment } = this;
    const { accessAnalyzer, guardDuty, config } = this.settings;
    if (accessAnalyzer !== undefined) this.addAnalyzers(accessAnalyzer);
    if (guardDuty !== undefined) {
      new ThreatDetector(this, "guardduty", { publishing: guardDuty.publishing, import: guardDuty.import });
    }
    if (config !== undefined) {
      new ConfigRecorder(this, "config", {
        partition: environment.partition,
        accountId: environment.accountId,
        bucketName: config.bucket ?? policyName(environment, `config-${environment.accountId}`),
        retentionDays: this.settings.logRetentionDays,
        frequency: config.frequency,
        rules: config.rules ? managedConfigRules(environment) : {},
        import: config.import,
      });
    }
  }

  private addAnalyzers({
    external,
    unusedAfterDays,
  }: NonNullable<DetectionSettings["accessAnalyzer"]>): void {
    const { environment } = this;
    const existing = typeof external === "object" ? external.import : undefined;
    if (external !== false) {
      const analyzerName = existing ?? policyName(environment, "external-access");
      new AccessAnalyzer(this, "external-access", { analyzerName, import: existing !== undefined });
      const global = controlPlaneRegion(environment.partition);
      if (global !== environment.region) {
        new AccessAnalyzer(this, "external-access-global", {
          analyzerName: policyName(environment, "external-access"),
          region: global,
        });
      }
    }
    if (unusedAfterDays === undefined) return;
    new AccessAnalyzer(this, "unused-access", {
      analyzerName: policyName(environment, "unused-access"),
      unusedAfterDays,
      // keys that a rule of ours ends are ended: that nobody uses them is no news
      archive: {
        "keys-under-rules": {
          findingType: { eq: ["UnusedIAMUserAccessKey"] },
          resource: { contains: [`:user${this.arns.paths.root}`] },
        },
      },
    });
  }

  private addNotify(): ScheduledFunction {
    const { environment, settings } = this;
    const functionName = policyName(environment, "notify");
    const queueName = policyName(environment, "notify-digest");
    const digest = new FailureQueue(this, "digest", {
      queueName,
      arn: placedArn(this.place, "sqs", queueName),
    });
    const suffix = environment.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    const notify = new ScheduledFunction(this, "notify", {
      place: this.place,
      functionName,
      description: "Tells people what the detection rules match",
      code: this.codeOf("notify"),
      handler: LAMBDA_HANDLER,
      codeSigningConfigArn: environment.codeSigningConfigArn,
      memorySize: 256,
      timeoutSeconds: 60,
      environmentVariables: {
        ENVIRONMENT: environment.name,
        TOPIC_ARN: this.topic.arn,
        DETECTION_SCOPE: JSON.stringify(detectionScope(environment, settings)),
        EXCEPT: settings.except.join(","),
        DIGEST_QUEUE_URL: `https://sqs.${environment.region}.${suffix}/${environment.accountId}/${queueName}`,
      },
      statements: [keepReportsStatement(digest.arn)],
      schedule: settings.digest,
      input: JSON.stringify({ digest: true }),
      logRetentionDays: settings.logRetentionDays,
      ...(environment.keyRules?.runtime !== undefined && { runtime: environment.keyRules.runtime }),
      topic: this.topic,
    });
    this.allowRules("notify-rules", notify);
    return notify;
  }

  /** The function that ends leaked keys: quick to start, three at a time, and quick to give up what does not answer. */
  private addRespond(): EventFunction {
    const { environment, settings, arns } = this;
    const cutoffPolicyArn = arns.policy(policyName(environment, SESSION_CUTOFF));
    const respond = new EventFunction(this, "respond", {
      place: this.place,
      functionName: policyName(environment, "respond"),
      description: "Ends a leaked key and its sessions",
      code: this.codeOf("respond"),
      handler: LAMBDA_HANDLER,
      codeSigningConfigArn: environment.codeSigningConfigArn,
      memorySize: 512,
      timeoutSeconds: RESPOND_SECONDS,
      concurrency: 3,
      environmentVariables: {
        ENVIRONMENT: environment.name,
        TOPIC_ARN: this.topic.arn,
        DETECTION_SCOPE: JSON.stringify(detectionScope(environment, settings)),
        CUTOFF_POLICY_ARN: cutoffPolicyArn,
        ONE_BY_ONE: String(sessionsTellTheirUser(environment, this.all)),
      },
      statements: responseStatements({ userArns: [arns.anyUser], cutoffPolicyArn }),
      logRetentionDays: settings.logRetentionDays,
      ...(environment.keyRules?.runtime !== undefined && { runtime: environment.keyRules.runtime }),
      topic: this.topic,
    });
    this.allowRules("respond-rules", respond);
    return respond;
  }

  /** The rules of this environment may invoke the function: those of the default bus, and those of its own. */
  private allowRules(id: string, { parts, functionName }: ScheduledFunction | EventFunction): void {
    for (const [bus, pattern] of [
      ["default", `rule/${policyName(this.environment, "*")}`],
      ["own", `rule/${this.busName}/*`],
    ] as const) {
      new LambdaPermission(this, `${id}-${bus}`, {
        statementId: `rules-of-${bus}-bus`,
        action: "lambda:InvokeFunction",
        functionName,
        principal: "events.amazonaws.com",
        sourceArn: placedArn(this.place, "events", pattern),
        dependsOn: [parts.lambda],
      });
    }
  }

  private get place(): FunctionPlace {
    const { partition, accountId, region } = this.environment;
    return { partition, accountId, region, rolePath: `/${this.environment.namespace}/` };
  }
}
