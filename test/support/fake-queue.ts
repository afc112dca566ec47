import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  type SQSClientResolvedConfig,
} from "@aws-sdk/client-sqs";
import type { AwsStub } from "aws-sdk-client-mock";

/** A queue behind aws-sdk-client-mock. What was received stays hidden until `reappear`, as for SQS's visibility timeout. */
export class FakeQueue {
  readonly messages: { readonly receipt: string; readonly text: string; hidden: boolean }[] = [];
  private count = 0;

  constructor(private readonly before: (call: string) => void = () => {}) {}

  reappear(): void {
    for (const message of this.messages) message.hidden = false;
  }

  put(text: string): void {
    this.count += 1;
    this.messages.push({ receipt: `receipt-${this.count}`, text, hidden: false });
  }

  mount(mock: AwsStub<ServiceInputTypes, ServiceOutputTypes, SQSClientResolvedConfig>): void {
    mock.on(SendMessageCommand).callsFake(({ MessageBody }: { MessageBody: string }) => {
      this.before("SendMessage");
      this.put(MessageBody);
      return { MessageId: String(this.count) };
    });
    mock.on(ReceiveMessageCommand).callsFake(() => {
      this.before("ReceiveMessage");
      const shown = this.messages.filter(({ hidden }) => !hidden).slice(0, 10);
      for (const message of shown) message.hidden = true;
      return { Messages: shown.map(({ receipt, text }) => ({ ReceiptHandle: receipt, Body: text })) };
    });
    mock.on(DeleteMessageCommand).callsFake(({ ReceiptHandle }: { ReceiptHandle: string }) => {
      this.before("DeleteMessage");
      const at = this.messages.findIndex(({ receipt }) => receipt === ReceiptHandle);
      if (at >= 0) this.messages.splice(at, 1);
      return {};
    });
  }
}
