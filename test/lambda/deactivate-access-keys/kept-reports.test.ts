import { runOver } from "../../support/deactivation-run";
import { FakeIam, fakeKey, fakeUser } from "../../support/fake-iam";
import { FakeQueue } from "../../support/fake-queue";

const refuse = () => {
  throw new Error("no answer");
};

/** The next run of the same account: some time later, by the same queue. */
async function runs(account: FakeIam, queue: FakeQueue, ...publish: readonly (() => unknown)[]) {
  const outcomes = [];
  for (const [index, each] of publish.entries()) {
    queue.reappear();
    outcomes.push(
      await runOver(account, { queue, publish: each, startedAt: `2026-11-2${4 + index}T15:00:00Z` }),
    );
  }
  return outcomes;
}

const sent = () => ({ MessageId: "1" });

describe("the report of a run", () => {
  test("is told by the run itself, and once", async () => {
    const queue = new FakeQueue();
    const [first, second, third] = await runs(
      new FakeIam([fakeUser("laptop")]),
      queue,
      ...[sent, sent, sent],
    );
    expect(first?.notifications).toHaveLength(1);
    expect(second?.notifications).toEqual([]);
    expect(third?.notifications).toEqual([]);
    expect(queue.messages.length).toBeLessThanOrEqual(3);
  });

  test("is told by the next run where the topic did not answer", async () => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home")]);
    const [first, second] = await runs(account, new FakeQueue(), refuse, sent);
    expect(first?.error?.name).toBe("IncompleteRunError");
    expect(second?.error).toBeUndefined();
    expect(second?.notifications).toHaveLength(1);
    expect(second?.notifications[0]?.message).toContain("The run itself could not send this");
    expect(second?.notifications[0]?.message).toContain("keys: 2 deactivated");
    expect(second?.notifications[0]?.message).toContain("- laptop ****");
  });

  test("waits for as long as the topic is silent, together with those that follow", async () => {
    const account = new FakeIam([fakeUser("laptop")]);
    const queue = new FakeQueue();
    const [, second] = await runs(account, queue, refuse, refuse);
    // nothing was left to do, and still it is no success: somebody has not been told
    expect(second?.error?.message).toContain("the notification was not sent");
    account.users.push(fakeUser("home"));
    const [third] = await runs(new FakeIam([...account.users]), queue, sent);
    expect(third?.notifications.map(({ message }) => /(laptop|home) \*{4}/.exec(message)?.[1])).toEqual([
      "home",
      "laptop",
    ]);
  });

  test("is missed by the next run where a run ended without one", async () => {
    const queue = new FakeQueue();
    queue.put(JSON.stringify({ runId: "run-0", startedAt: "2026-11-23T15:00:00.000Z", state: "begun" }));
    const { notifications } = await runOver(new FakeIam([fakeUser("laptop", { keys: [] })]), { queue });
    expect(notifications).toHaveLength(1);
    expect(notifications[0]?.message).toContain("Run run-0 of environment personal, started 2026-11-23");
    expect(notifications[0]?.message).toContain("wrote no report");
  });

  test("is kept before it is sent: a process that ends in between loses nothing", async () => {
    const queue = new FakeQueue();
    let kept: string[] = [];
    await runOver(new FakeIam([fakeUser("laptop")]), {
      queue,
      publish: () => {
        kept = queue.messages.map(({ text }) => text);
        return sent();
      },
    });
    expect(kept.map((text) => (JSON.parse(text) as { state: string }).state)).toEqual(["begun", "reported"]);
  });

  test.each(["SendMessage", "ReceiveMessage", "DeleteMessage"])(
    "is told and the keys are ended although the queue refuses %s",
    async (refused) => {
      const queue = new FakeQueue((call) => {
        if (call === refused) throw new Error("queue does not exist");
      });
      queue.put("left over");
      const account = new FakeIam([fakeUser("laptop")]);
      const { notifications, error } = await runOver(account, { queue });
      expect(error).toBeUndefined();
      expect(account.keyOf("laptop").status).toBe("Inactive");
      expect(notifications).toHaveLength(1);
    },
  );

  test("holds no key id in the queue", async () => {
    const queue = new FakeQueue();
    const user = fakeUser("AKIAIOSFODNN7EXAMPLE", { keys: [fakeKey()] });
    await runOver(new FakeIam([user]), { queue });
    expect(JSON.stringify(queue.messages)).not.toMatch(/AKIA[A-Z0-9]{12,}/);
  });
});
