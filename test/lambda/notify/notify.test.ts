import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { notifyHandler } from "../../../lambda/notify/notify-handler";
import { FOLD_MS } from "../../../src/detection/folding";
import { CASES, SCOPE } from "../../fixtures/detection/cases";
import { changed, type Event, iam, WHO } from "../../fixtures/detection/records";
import { FakeQueue } from "../../support/fake-queue";

const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);

/** A process of the function, which remembers what it told. */
function process_(options: { queue?: FakeQueue; publish?: () => unknown; except?: string } = {}) {
  const { queue = new FakeQueue(), publish = () => ({ MessageId: "1" }), except } = options;
  sns.reset();
  sqs.reset();
  sns.on(PublishCommand).callsFake(publish);
  queue.mount(sqs);
  let now = Date.parse("2026-11-25T03:35:00Z");
  const handler = notifyHandler({
    sns: new SNSClient({ region: "us-east-1" }),
    sqs: new SQSClient({ region: "us-east-1" }),
    variables: {
      ENVIRONMENT: "personal",
      TOPIC_ARN: "arn:aws:sns:ap-northeast-1:111122223333:baseline-detection",
      DIGEST_QUEUE_URL: "https://sqs.ap-northeast-1.amazonaws.com/111122223333/baseline-notify-digest",
      DETECTION_SCOPE: JSON.stringify(SCOPE),
      ...(except !== undefined && { EXCEPT: except }),
    },
    now: () => new Date(now),
  });
  return {
    queue,
    send: (event: unknown) => handler(event, { awsRequestId: "run-1" }),
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    sent: () => sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input),
  };
}

let spies: jest.SpyInstance[] = [];
let output: string[] = [];
beforeEach(() => {
  output = [];
  spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockImplementation((chunk) => {
      output.push(String(chunk));
      return true;
    }),
  );
});
afterEach(() => {
  for (const spy of spies) spy.mockRestore();
});

const keyMade = iam("CreateAccessKey", WHO.root, { userName: "intruder" });
const unused = CASES["unused-access-found"].told[0] as Event;

describe("an event", () => {
  test("that is urgent is told at once, in a sentence", async () => {
    const run = process_();
    expect(await run.send(keyMade)).toEqual({ kind: "told", detection: "key-changed-by-another" });
    expect(run.sent()).toMatchObject([
      {
        Subject: expect.stringMatching(/^\[personal\] critical: An access key was made/),
        Message: expect.stringContaining(
          "The root user made an access key for user intruder from 203.0.113.7 (an allowed network), at 2026-11-25 12:34:56 (Asia/Tokyo), in us-east-1. Environment personal declares no user intruder. What to do: https://example.com/runbooks/key-changed-by-another.md",
        ),
      },
    ]);
  });

  test("that is not urgent waits for the digest", async () => {
    const run = process_();
    expect(await run.send(unused)).toEqual({ kind: "kept-for-digest", detection: "unused-access-found" });
    expect(run.sent()).toEqual([]);
    expect(await run.send({ digest: true })).toEqual({ kind: "digest", entries: 1 });
    expect(run.sent()[0]?.Message).toContain(
      "low unused-access-found: IAM Access Analyzer: UnusedIAMRole of reports",
    );
    expect(run.queue.messages).toEqual([]);
  });

  test.each([
    [
      "nobody looks for",
      { source: "aws.ec2", "detail-type": "EC2 Instance State-change Notification", detail: {} },
    ],
    ["is as it should be", iam("CreateAccessKey", WHO.work, { userName: "work" })],
    ["is nothing", null],
  ])("that %s is nothing", async (_what, event) => {
    const run = process_();
    expect(await run.send(event)).toEqual({ kind: "nothing" });
    expect(run.sent()).toEqual([]);
  });

  test("of a detection that is not wanted is nothing", async () => {
    const run = process_({ except: "key-changed-by-another,root-used" });
    expect(await run.send(keyMade)).toEqual({ kind: "nothing" });
  });

  test("of every detection comes out as its own", async () => {
    for (const [id, { told }] of Object.entries(CASES)) {
      const run = process_();
      const outcomes = await Promise.all(told.map((event) => run.send(event)));
      // whoever looks more closely words it; a break-glass user is told as that
      const others: Readonly<Record<string, readonly string[]>> = {
        "console-sign-in": ["break-glass-used"],
        "root-used": ["root-credentials-changed"],
      };
      for (const outcome of outcomes)
        expect([id, ...(others[id] ?? [])]).toContain(
          "detection" in outcome ? outcome.detection : outcome.kind,
        );
    }
  });
});

describe("repeats", () => {
  test("are told once at once, and counted in the digest", async () => {
    const run = process_();
    const kinds = [];
    for (let count = 0; count < 4; count += 1) {
      run.wait(1_000);
      const again = changed(
        changed(keyMade, "detail.eventID", `id-${count}`),
        "detail.eventTime",
        `2026-11-25T03:34:0${count}Z`,
      );
      kinds.push((await run.send(again)).kind);
    }
    expect(kinds).toEqual(["told", "folded", "folded", "folded"]);
    expect(run.sent()).toHaveLength(1);
    await run.send({ digest: true });
    expect(run.sent()[1]?.Message).toMatch(/critical key-changed-by-another: 3 more of: The root user made/);
  });

  test("to somebody else, or by somebody else, are none", async () => {
    const run = process_();
    await run.send(keyMade);
    expect((await run.send(iam("CreateAccessKey", WHO.root, { userName: "other" }))).kind).toBe("told");
    expect((await run.send(iam("CreateAccessKey", WHO.admin, { userName: "intruder" }))).kind).toBe("told");
  });

  test("after a quarter of an hour are told again", async () => {
    const run = process_();
    await run.send(keyMade);
    run.wait(FOLD_MS);
    expect((await run.send(keyMade)).kind).toBe("told");
  });
});

describe("nothing is lost", () => {
  test("where the topic does not answer: the function fails, and the next try tells", async () => {
    let failing = true;
    const run = process_({
      publish: () => {
        if (failing) throw new Error("no answer for AKIAIOSFODNN7EXAMPLE");
        return { MessageId: "1" };
      },
    });
    await expect(run.send(keyMade)).rejects.toThrow(/\*{4}MPLE/);
    failing = false;
    expect((await run.send(keyMade)).kind).toBe("told");
  });

  test("where the queue does not answer: the function fails", async () => {
    const queue = new FakeQueue(() => {
      throw new Error("no answer");
    });
    await expect(process_({ queue }).send(unused)).rejects.toThrow("no answer");
  });

  test("where the digest could not be sent: it stays in the queue", async () => {
    const run = process_();
    await run.send(unused);
    sns.on(PublishCommand).rejects(new Error("no answer"));
    await expect(run.send({ digest: true })).rejects.toThrow("no answer");
    run.queue.reappear();
    sns.on(PublishCommand).resolves({ MessageId: "1" });
    expect(await run.send({ digest: true })).toEqual({ kind: "digest", entries: 1 });
  });

  test("and nobody is told of an empty digest", async () => {
    const run = process_();
    expect(await run.send({ digest: true })).toEqual({ kind: "digest", entries: 0 });
    expect(run.sent()).toEqual([]);
  });
});

test("no key id is in any line or message, whatever the event", async () => {
  for (const { told, misses } of Object.values(CASES)) {
    const run = process_();
    for (const event of [...told, ...misses]) await run.send(event);
    expect(JSON.stringify(run.sent()) + output.join("")).not.toMatch(/A(KIA|SIA)[A-Z0-9]{12,}/);
  }
});

test("refuses to start with wrong settings, and names each", async () => {
  const handler = notifyHandler({
    sns: new SNSClient({ region: "us-east-1" }),
    sqs: new SQSClient({ region: "us-east-1" }),
    variables: { DETECTION_SCOPE: "{" },
    now: () => new Date(),
  });
  await expect(handler({}, { awsRequestId: "r" })).rejects.toThrow(
    /ENVIRONMENT.*TOPIC_ARN.*DIGEST_QUEUE_URL.*DETECTION_SCOPE/s,
  );
});
