import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { EventPattern } from "../detection/pattern/pattern";
import { escapedForTerraform } from "./iam-policy-text";

export interface EventTargetSettings {
  readonly arn: string;
  /** Role that EventBridge acts as, where the target has no policy that lets it in. */
  readonly roleArn?: string;
  /** Queue of events that could not be handed over, in the rule's region. */
  readonly deadLetterArn?: string;
  readonly dependsOn?: readonly ITerraformDependable[];
}

export interface EventRuleProps {
  /** 1-64 of `A-Za-z0-9._-`. */
  readonly ruleName: string;
  readonly description: string;
  readonly pattern: EventPattern;
  /** Calls that only read are sent, too. @default false */
  readonly reads?: boolean;
  /** Region of the rule. @default the provider's */
  readonly region?: string | undefined;
  /** Bus other than the default one. */
  readonly eventBusName?: string;
  /** By id. */
  readonly targets: Readonly<Record<string, EventTargetSettings>>;
}

/** A target that does not answer is tried for a day: what is told late is better than never. */
const RETRY = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 };

/**
 * Rule of EventBridge's with its targets.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 */
export class EventRule extends Construct {
  constructor(scope: Construct, id: string, props: EventRuleProps) {
    super(scope, id);
    const place = props.region === undefined ? {} : { region: props.region };
    const bus = props.eventBusName === undefined ? {} : { eventBusName: props.eventBusName };
    const rule = new CloudwatchEventRule(this, "rule", {
      ...place,
      ...bus,
      name: props.ruleName,
      description: props.description,
      eventPattern: escapedForTerraform(JSON.stringify(props.pattern)),
      state: props.reads === true ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED",
    });
    for (const [target, { arn, roleArn, deadLetterArn, dependsOn }] of Object.entries(props.targets)) {
      new CloudwatchEventTarget(this, `target-${target}`, {
        ...place,
        ...bus,
        rule: rule.name,
        targetId: target,
        arn,
        retryPolicy: RETRY,
        ...(roleArn !== undefined && { roleArn }),
        ...(deadLetterArn !== undefined && { deadLetterConfig: { arn: deadLetterArn } }),
        ...(dependsOn !== undefined && { dependsOn: [...dependsOn] }),
      });
    }
  }
}
