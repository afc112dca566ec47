import { type CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { describeError } from "./sdk-error";

/** Who changed something, as CloudTrail recorded it. */
export type ChangeRecord =
  | { readonly by: string; readonly at: Date; readonly event: string }
  | { readonly notKnown: string };

export interface ChangeHistory {
  /**
   * The last successful call of one of these events that names the resource. Never rejects.
   *
   * @param resourceName name of the user, group or role, or ARN of the policy, as the event lists it; undefined for
   *   settings of the account, which have no name: then the first event is looked for
   * @param events `AttachUserPolicy`, ...
   */
  lastChange(resourceName: string | undefined, events: readonly string[]): Promise<ChangeRecord>;
}

export interface HistorySettings {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Lookups in all, before giving up. @default 40 */
  readonly maxLookups?: number;
}

/** CloudTrail takes two lookups a second for each account. @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const INTERVAL_MS = 600;
/** Pages of 50 events each; who made more calls than that on one name is looked for no further. */
const MAX_PAGES = 3;

/**
 * Asks CloudTrail's event history (90 days, without a trail) who changed a resource. Best effort: events arrive minutes
 * late, and what is not answered is not known. A refusal ends the asking: the next lookup would be refused as well.
 */
export function changeHistory(
  client: CloudTrailClient,
  { sleep, maxLookups = 40 }: HistorySettings,
): ChangeHistory {
  let lookups = 0;
  let refused: string | undefined;
  return {
    async lastChange(resourceName, events) {
      let token: string | undefined;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        if (refused !== undefined) return { notKnown: refused };
        if (lookups >= maxLookups) return { notKnown: `more than ${maxLookups} lookups would be needed` };
        if (lookups > 0) await sleep(INTERVAL_MS);
        lookups += 1;
        try {
          const answer = await client.send(
            new LookupEventsCommand({
              LookupAttributes: [
                resourceName === undefined
                  ? { AttributeKey: "EventName", AttributeValue: events[0] }
                  : { AttributeKey: "ResourceName", AttributeValue: resourceName },
              ],
              MaxResults: 50,
              NextToken: token,
            }),
          );
          for (const { EventName, EventTime, Username, CloudTrailEvent } of answer.Events ?? []) {
            if (EventName === undefined || EventTime === undefined || !events.includes(EventName)) continue;
            const caller = callerOf(CloudTrailEvent);
            if (caller.failed) continue;
            return { by: caller.arn ?? Username ?? "an unnamed caller", at: EventTime, event: EventName };
          }
          token = answer.NextToken;
          if (token === undefined) break;
        } catch (error) {
          refused = `CloudTrail did not answer: ${describeError(error)}`;
        }
      }
      return { notKnown: refused ?? "CloudTrail's event history of 90 days tells of no such call" };
    },
  };
}

/** Of the event's own JSON: who called, and whether the call failed. */
function callerOf(event: string | undefined): { readonly arn?: string; readonly failed: boolean } {
  try {
    const { userIdentity, errorCode } = JSON.parse(event ?? "{}") as {
      userIdentity?: { arn?: unknown; invokedBy?: unknown };
      errorCode?: unknown;
    };
    const arn = userIdentity?.arn ?? userIdentity?.invokedBy;
    return { failed: typeof errorCode === "string", ...(typeof arn === "string" ? { arn } : {}) };
  } catch {
    return { failed: false };
  }
}
