import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { redact } from "../../src/findings/mask";

export interface Notification {
  /** At most 100 printable ASCII characters. */
  readonly subject: string;
  readonly message: string;
}

/** Sends a notification, without any key id in it. @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export async function publish(
  client: SNSClient,
  topicArn: string,
  { subject, message }: Notification,
): Promise<void> {
  await client.send(
    new PublishCommand({
      TopicArn: topicArn,
      Subject: redact(subject)
        .replace(/[^\x20-\x7e]/g, "?")
        .slice(0, 100),
      Message: redact(message),
    }),
  );
}
