import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Construct } from "constructs";
import { AccessAnalyzer } from "../constructs/access-analyzer";
import { Alarm } from "../constructs/alarm";
import { AssumableRole } from "../constructs/assumable-role";
import { ConfigRecorder } from "../constructs/config-recorder";
import { EventRule, type EventTargetSettings } from "../constructs/event-rule";
import { FailureQueue } from "../constructs/failure-queue";
import { type FunctionPlace, placedArn, placedRole } from "../constructs/function-parts";
import { NotificationTopic } from "../constructs/notification-topic";
import { ScheduledFunction } from "../constructs/scheduled-function";
import { ThreatDetector } from "../constructs/threat-detector";
import { Trail } from "../constructs/trail";
import { UndeliveredEvents } from "../constructs/undelivered-events";
import { managedConfigRules } from "../detection/config-rules";
import type { Detection } from "../detection/detection";
import { detectionScope, listeningRegions, wantedDetections } from "../detection/scope-of";
import { policyName } from "../environment/account-names";
import { IamArns } from "../environment/arns";
import { type Detection as DetectionSettings, ownTrail } from "../environment/detection";
import type { Environment } from "../environment/environment";
import { controlPlaneRegion } from "../environment/regions-of-events";
import { policyDocument } from "../iam/policy-document";
import { LAMBDA_HANDLER, type LambdaFunctionName } from "../lambda-bundle/function-name";
import { type LambdaZip, lambdaZip } from "../lambda-bundle/lambda-zip";
import { keepReportsStatement } from "../policies/credential-functions";
import { serviceTrustStatement } from "../policies/service-trust";
import { AccountStack } from "./account-stack";

/**
 * What watches the account: `<environment>-detection`. A trail, rules on the event bus of the regions in which AWS delivers,
 * a function that words what they match for people, and AWS's own detectors where they are asked for.
 *
 * Rules of other regions hand their events to a bus of the home region: targets have to be where their rule is.
 */
export class DetectionStack extends AccountStack {
  private readonly arns: IamArns;
  private readonly topic: NotificationTopic;
  private readonly wanted: readonly Detection[];
  private readonly busName: string;

  constructor(
    scope: Construct,
    environment: Environment,
    private readonly settings: DetectionSettings,
    /** Where the functions' code comes from. @default built or shipped zips */
    private readonly codeOf: (name: LambdaFunctionName) => LambdaZip = (name) => lambdaZip(name),
  ) {
    super(scope, environment, "detection");
    this.arns = new IamArns(environment);
    this.wanted = wantedDetections(settings);
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
    this.addRules({ notify: { arn: notify.functionArn } });
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

  /** The rules of this environment may invoke the function: those of the default bus, and those of its own. */
  private allowRules(id: string, { parts, functionName }: ScheduledFunction): void {
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

  /** A rule for each detection and region, which calls the functions at home, or hands its events over from elsewhere. */
  private addRules(functions: Readonly<Record<string, EventTargetSettings>>): void {
    const { environment } = this;
    const undelivered = this.undelivered("events-undelivered", undefined);
    const elsewhere = new Set(
      this.wanted.flatMap((each) => this.regionsOf(each)).filter((one) => one !== environment.region),
    );
    const forward = elsewhere.size > 0 ? this.addBus(functions, undelivered) : undefined;
    const queues = new Map(
      [...elsewhere]
        .sort()
        .map((region) => [region, this.undelivered(`events-undelivered-${region}`, region)]),
    );
    for (const detection of this.wanted) {
      for (const region of this.regionsOf(detection)) {
        const isHome = region === environment.region;
        const queue = isHome ? undelivered : queues.get(region);
        const targets = isHome ? this.targetsOf(detection, functions) : { home: forward ?? { arn: "" } };
        new EventRule(this, isHome ? `rule-${detection.id}` : `rule-${detection.id}-${region}`, {
          ruleName: policyName(environment, detection.id),
          description: detection.title,
          pattern: detection.pattern(detectionScope(environment, this.settings)),
          reads: detection.reads ?? false,
          region: isHome ? undefined : region,
          targets: withQueue(targets, queue?.queue.arn),
        });
      }
    }
  }

  /** Events of other regions come here. */
  private addBus(
    functions: Readonly<Record<string, EventTargetSettings>>,
    undelivered: UndeliveredEvents,
  ): EventTargetSettings {
    const { environment, busName } = this;
    const bus = new CloudwatchEventBus(this, "bus", { name: busName });
    const arn = placedArn(this.place, "events", `event-bus/${busName}`);
    const roleName = policyName(environment, "detection-forward");
    const role = new AssumableRole(this, "forward", {
      roleName,
      path: this.arns.paths.root,
      trust: policyDocument(
        serviceTrustStatement({ principal: "events.amazonaws.com", sourceAccount: environment.accountId }),
      ),
      inlinePolicy: {
        name: "forward",
        document: policyDocument({
          Sid: "Forward",
          Effect: "Allow",
          Action: "events:PutEvents",
          Resource: arn,
        }),
      },
    });
    new EventRule(this, "rule-elsewhere", {
      ruleName: policyName(environment, "elsewhere"),
      description: "Events that the rules of other regions hand over",
      pattern: { account: [environment.accountId] },
      eventBusName: bus.name,
      targets: withQueue({ notify: functions["notify"] ?? { arn: "" } }, undelivered.queue.arn),
    });
    return { arn, roleArn: placedRole(this.place, roleName), dependsOn: [bus, role.permissions] };
  }

  private targetsOf(_detection: Detection, { notify }: Readonly<Record<string, EventTargetSettings>>) {
    return { notify: notify ?? { arn: "" } };
  }

  private undelivered(what: string, region: string | undefined): UndeliveredEvents {
    const { environment } = this;
    const queueName = policyName(environment, what);
    const place = { ...this.place, region: region ?? environment.region };
    const undelivered = new UndeliveredEvents(this, what, {
      queueName,
      arn: placedArn(place, "sqs", queueName),
      region,
      ruleArns: placedArn(place, "events", "rule/*"),
    });
    // an alarm has to be in the region of its topic
    if (region === undefined) {
      new Alarm(this, `alarm-${what}`, {
        alarmName: queueName,
        description: `EventBridge could not hand an event over for a day; it is in the queue ${queueName}`,
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queueName },
        topicArn: this.topic.arn,
      });
    }
    return undelivered;
  }

  private regionsOf({ place }: Detection): readonly string[] {
    return listeningRegions(place, this.environment);
  }

  private get place(): FunctionPlace {
    const { partition, accountId, region } = this.environment;
    return { partition, accountId, region, rolePath: `/${this.environment.namespace}/` };
  }
}

function withQueue(
  targets: Readonly<Record<string, EventTargetSettings>>,
  deadLetterArn: string | undefined,
): Readonly<Record<string, EventTargetSettings>> {
  return Object.fromEntries(
    Object.entries(targets).map(([id, target]) => [
      id,
      { ...target, ...(deadLetterArn !== undefined && { deadLetterArn }) },
    ]),
  );
}
