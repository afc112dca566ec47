import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";

/** An event for the default bus of a region. */
export interface SyntheticEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
export async function putEvent(
  client: EventBridgeClient,
  { source, detailType, detail }: SyntheticEvent,
): Promise<void> {
  const { FailedEntryCount = 0, Entries = [] } = await client.send(
    new PutEventsCommand({
      Entries: [{ Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }],
    }),
  );
  // the call succeeds where its entries fail
  if (FailedEntryCount > 0)
    throw new Error(`EventBridge did not take the event: ${Entries[0]?.ErrorCode ?? "it does not say why"}`);
}
