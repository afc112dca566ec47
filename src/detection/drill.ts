import type { DetectionScope } from "./detection-scope";
import type { EventPattern } from "./pattern/pattern";

/** Source of synthetic events: nobody but AWS can send any whose source begins with `aws.`. */
export const DRILL_SOURCE = "iam-baseline.drill";
export const HEALTH_EVENT = "AWS Health Event";

/** What a drill's event says, so that no drill of another environment is taken for one of this. */
export function drillMarker({
  accountId,
  namespace,
}: Pick<DetectionScope, "accountId" | "namespace">): string {
  return `${accountId}/${namespace}`;
}

/** The alternative by which the rule for leaked keys takes drills: the same detail, but for the marker. */
export function drillPattern(scope: DetectionScope): EventPattern {
  return {
    source: [DRILL_SOURCE],
    "detail-type": [HEALTH_EVENT],
    detail: { drill: [drillMarker(scope)], service: ["RISK"], eventTypeCode: [{ prefix: "AWS_RISK_" }] },
  };
}

/** Whether an event is one of this environment's drills. */
export function isDrill(event: Readonly<Record<string, unknown>>, scope: DetectionScope): boolean {
  const detail = event["detail"] as { drill?: unknown } | undefined;
  return event["source"] === DRILL_SOURCE && detail?.drill === drillMarker(scope);
}

/** The detail of a drill's event: what AWS Health says of a leaked key, of no key that there is. */
export function drillDetail(scope: DetectionScope, userName: string, drillId: string) {
  return {
    drill: drillMarker(scope),
    drillId,
    eventArn: `arn:aws:health:us-east-1::event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/${drillId}`,
    service: "RISK",
    eventTypeCode: "AWS_RISK_CREDENTIALS_EXPOSED",
    eventTypeCategory: "issue",
    affectedAccount: scope.accountId,
    affectedEntities: [{ entityValue: userName }],
  };
}
