import { IAMClient } from "@aws-sdk/client-iam";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { type Counts, deactivationHandler } from "../../lambda/deactivate-access-keys/deactivation-handler";
import type { ResolvedKeyRules } from "../../src/credentials/resolved-key-rules";
import type { FakeIam } from "./fake-iam";
import { FakeQueue } from "./fake-queue";
import { NIGHTLY } from "./nightly-rules";
import { VirtualTime } from "./virtual-time";

const iamMock = mockClient(IAMClient);
const snsMock = mockClient(SNSClient);
const sqsMock = mockClient(SQSClient);

export interface RunOptions {
  readonly rules?: ResolvedKeyRules;
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** A Tuesday: not the heartbeat's day. */
  readonly startedAt?: string;
  /** The function's timeout, milliseconds. */
  readonly timeoutMs?: number;
  readonly time?: VirtualTime;
  readonly publish?: () => unknown;
  /** What runs of one account keep for each other. */
  readonly queue?: FakeQueue;
}

export interface RunOutcome {
  readonly counts?: Counts;
  readonly error?: Error;
  /** Every line that the function wrote. */
  readonly output: string;
  readonly notifications: readonly { readonly subject: string; readonly message: string }[];
  /** Values of the metrics, the last one of each name. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Runs the real handler, with its logger and metrics, over a fake account in virtual time. */
export async function runOver(account: FakeIam, options: RunOptions = {}): Promise<RunOutcome> {
  const { rules = NIGHTLY, startedAt = "2026-11-24T15:00:00Z", timeoutMs = 300_000 } = options;
  iamMock.reset();
  snsMock.reset();
  sqsMock.reset();
  account.mount(iamMock);
  (options.queue ?? new FakeQueue()).mount(sqsMock);
  snsMock.on(PublishCommand).callsFake(options.publish ?? (() => ({ MessageId: "1" })));
  const time = options.time ?? new VirtualTime(startedAt);
  const deadline = time.now().getTime() + timeoutMs;
  const lines: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockImplementation((chunk) => {
      lines.push(String(chunk));
      return true;
    }),
  );
  const handler = deactivationHandler({
    iam: new IAMClient({ region: "us-east-1" }),
    sns: new SNSClient({ region: "us-east-1" }),
    sqs: new SQSClient({ region: "us-east-1" }),
    variables: {
      ENVIRONMENT: "personal",
      KEY_RULES: JSON.stringify(rules),
      DRY_RUN: "false",
      REPORTS_QUEUE_URL: "https://sqs.ap-northeast-1.amazonaws.com/111122223333/baseline-reports",
      TOPIC_ARN: "arn:aws:sns:ap-northeast-1:111122223333:hygiene",
      ...options.variables,
    },
    now: time.now,
    sleep: time.sleep,
  });
  const context = {
    awsRequestId: "run-1",
    getRemainingTimeInMillis: () => deadline - time.now().getTime(),
  };
  let end: { readonly counts: Counts } | { readonly error: Error };
  try {
    end = { counts: await handler({}, context) };
  } catch (error) {
    end = { error: error as Error };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  const notifications = snsMock
    .commandCalls(PublishCommand)
    .map(({ args: [{ input }] }) => ({ subject: input.Subject ?? "", message: input.Message ?? "" }));
  return { ...end, output: lines.join(""), notifications, metrics: metricsIn(lines) };
}

function metricsIn(lines: readonly string[]): Record<string, number> {
  const values: Record<string, number> = {};
  for (const line of lines) {
    if (!line.includes('"CloudWatchMetrics"')) continue;
    const record = JSON.parse(line) as Record<string, unknown> & {
      _aws: { CloudWatchMetrics: { Metrics: { Name: string }[] }[] };
    };
    for (const { Metrics } of record._aws.CloudWatchMetrics) {
      for (const { Name } of Metrics) values[Name] = Number(record[Name]);
    }
  }
  return values;
}
