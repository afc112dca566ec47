import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import type { Construct } from "constructs";
import { Alarm } from "../constructs/alarm";
import { AssumableRole } from "../constructs/assumable-role";
import { EventRule, type EventTargetSettings } from "../constructs/event-rule";
import { type FunctionPlace, placedArn, placedRole } from "../constructs/function-parts";
import { UndeliveredEvents } from "../constructs/undelivered-events";
import type { Detection } from "../detection/detection";
import type { DetectionScope } from "../detection/detection-scope";
import { detectionScope, listeningRegions, wantedDetections } from "../detection/scope-of";
import { policyName } from "../environment/account-names";
import type { Detection as DetectionSettings } from "../environment/detection";
import type { Environment } from "../environment/environment";
import { policyDocument } from "../iam/policy-document";
import { serviceTrustStatement } from "../policies/service-trust";

/** Functions that rules invoke. */
export interface RuleFunctions {
  readonly notify: EventTargetSettings;
  /** Where the environment responds by itself. */
  readonly respond?: EventTargetSettings;
}

/**
 * The rules of the detection stack, in every region in which AWS delivers, the bus that events of other regions are handed
 * to, and queues of what could not be handed over. Not a construct: what it makes stands in the stack.
 */
export class DetectionRules {
  private readonly wanted: readonly Detection[];
  private readonly scopeOfRules: DetectionScope;

  constructor(
    private readonly scope: Construct,
    private readonly environment: Environment,
    settings: DetectionSettings,
    private readonly functions: RuleFunctions,
    private readonly place: FunctionPlace,
    private readonly busName: string,
    private readonly topicArn: string,
  ) {
    this.wanted = wantedDetections(settings);
    this.scopeOfRules = detectionScope(environment, settings);
    this.addRules();
  }

  /** A rule for each detection and region, which calls the functions at home, or hands its events over from elsewhere. */
  private addRules(): void {
    const { environment } = this;
    const undelivered = this.undelivered("events-undelivered", undefined);
    const elsewhere = new Set(
      this.wanted.flatMap((each) => this.regionsOf(each)).filter((one) => one !== environment.region),
    );
    const forward = elsewhere.size > 0 ? this.addBus(undelivered) : undefined;
    const queues = new Map(
      [...elsewhere]
        .sort()
        .map((region) => [region, this.undelivered(`events-undelivered-${region}`, region)]),
    );
    for (const detection of this.wanted) {
      for (const region of this.regionsOf(detection)) {
        const isHome = region === environment.region;
        const queue = isHome ? undelivered : queues.get(region);
        const targets = isHome ? this.targetsOf(detection) : { home: forward ?? { arn: "" } };
        new EventRule(this.scope, isHome ? `rule-${detection.id}` : `rule-${detection.id}-${region}`, {
          ruleName: policyName(environment, detection.id),
          description: detection.title,
          pattern: detection.pattern(this.scopeOfRules),
          reads: detection.reads ?? false,
          region: isHome ? undefined : region,
          targets: withQueue(targets, queue?.queue.arn),
        });
      }
    }
  }

  /** Events of other regions come here. */
  private addBus(undelivered: UndeliveredEvents): EventTargetSettings {
    const { environment, functions, busName } = this;
    const bus = new CloudwatchEventBus(this.scope, "bus", { name: busName });
    const arn = placedArn(this.place, "events", `event-bus/${busName}`);
    const roleName = policyName(environment, "detection-forward");
    const role = new AssumableRole(this.scope, "forward", {
      roleName,
      path: this.place.rolePath,
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
    new EventRule(this.scope, "rule-elsewhere", {
      ruleName: policyName(environment, "elsewhere"),
      description: "Events that the rules of other regions hand over",
      pattern: { account: [environment.accountId] },
      eventBusName: bus.name,
      targets: withQueue({ notify: functions.notify }, undelivered.queue.arn),
    });
    for (const detection of this.wanted) {
      const { respond } = functions;
      // what comes from elsewhere has matched there; which of it the response acts on is asked once more
      if (respond === undefined || detection.responds !== true) continue;
      new EventRule(this.scope, `respond-${detection.id}`, {
        ruleName: policyName(environment, `respond-${detection.id}`),
        description: `${detection.title}: the response`,
        pattern: detection.pattern(this.scopeOfRules),
        eventBusName: bus.name,
        targets: withQueue({ respond }, undelivered.queue.arn),
      });
    }
    return { arn, roleArn: placedRole(this.place, roleName), dependsOn: [bus, role.permissions] };
  }

  private targetsOf({ responds = false }: Detection): Readonly<Record<string, EventTargetSettings>> {
    const { notify, respond } = this.functions;
    return { notify, ...(responds && respond !== undefined && { respond }) };
  }

  private undelivered(what: string, region: string | undefined): UndeliveredEvents {
    const { environment } = this;
    const queueName = policyName(environment, what);
    const place = { ...this.place, region: region ?? environment.region };
    const undelivered = new UndeliveredEvents(this.scope, what, {
      queueName,
      arn: placedArn(place, "sqs", queueName),
      region,
      ruleArns: placedArn(place, "events", "rule/*"),
    });
    // an alarm has to be in the region of its topic
    if (region === undefined) {
      new Alarm(this.scope, `alarm-${what}`, {
        alarmName: queueName,
        description: `EventBridge could not hand an event over for a day; it is in the queue ${queueName}`,
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queueName },
        topicArn: this.topicArn,
      });
    }
    return undelivered;
  }

  private regionsOf({ place }: Detection): readonly string[] {
    return listeningRegions(place, this.environment);
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
