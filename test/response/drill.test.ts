import { drillListing, lateSteps } from "../../src/cli/drill/drill-listing";
import type { Cutoff } from "../../src/policies/cutoff";
import { type DrillDeps, runDrill } from "../../src/response/drill";
import { accessKey } from "../builders/access-key";
import { VirtualTime } from "../support/virtual-time";

/** An account in which a response takes so many seconds for each step; nothing: it never comes. */
function accountOf(
  after: { keys?: number; sessions?: number; told?: number },
  faults: Partial<DrillDeps> = {},
) {
  const time = new VirtualTime("2026-11-25T03:00:00Z");
  let sentAt: number | undefined;
  const happened = (seconds: number | undefined) =>
    sentAt !== undefined && seconds !== undefined && time.now().getTime() - sentAt >= seconds * 1000;
  let restored = 0;
  let cutoffs: readonly Cutoff[] | undefined;
  const cut = (): readonly Cutoff[] =>
    cutoffs ?? (happened(after.sessions) ? [{ userName: "spare", before: time.now() }] : []);
  const deps: DrillDeps = {
    userName: "spare",
    listAccessKeys: async () => [
      accessKey({ status: happened(after.keys) && restored === 0 ? "Inactive" : "Active" }),
    ],
    activate: async () => {
      restored += 1;
    },
    sessions: {
      read: async () => ({ cutoffs: cut(), isForeign: false }),
      change: async (edit) => {
        cutoffs = edit(cut());
        return { cutoffs, isForeign: false };
      },
    },
    send: async () => {
      sentAt = time.now().getTime();
    },
    heard: async () => happened(after.told),
    now: time.now,
    sleep: time.sleep,
    log: () => {},
    ...faults,
  };
  return { run: () => runDrill(deps), cut, restored: () => restored };
}

test("measures each step to the second, and puts back", async () => {
  const account = accountOf({ keys: 4, sessions: 5, told: 9 });
  const report = await account.run();
  expect(report).toMatchObject({
    inactiveAfter: 4,
    deniedAfter: 5,
    toldAfter: 9,
    restoredKeys: 1,
    notRestored: [],
  });
  expect(lateSteps(report)).toEqual([]);
  expect(account.cut()).toEqual([]);
});

test.each([
  ["exactly a minute is in time", 60, []],
  ["a second more is late", 61, ["people told"]],
])("%s", async (_what, told, late) => {
  expect(lateSteps(await accountOf({ keys: 1, sessions: 1, told }).run())).toEqual(late);
});

test("gives up after three minutes where nothing responds, and puts back", async () => {
  const account = accountOf({});
  const report = await account.run();
  expect(lateSteps(report)).toEqual(["every key Inactive", "sessions denied", "people told"]);
  expect(drillListing(report, "home", "111122223333").title).toContain("FAILED");
  expect(account.restored()).toBe(1);
});

test("a look that fails is made again", async () => {
  let fails = 3;
  const account = accountOf(
    { keys: 1, sessions: 1 },
    {
      heard: async () => {
        fails -= 1;
        if (fails >= 0) throw new Error("Throttling");
        return true;
      },
    },
  );
  expect(await account.run()).toMatchObject({ toldAfter: 3 });
});

test("what cannot be put back is named, with what to do, and without an id", async () => {
  const account = accountOf(
    { keys: 1, sessions: 1, told: 1 },
    {
      activate: async () => {
        throw new Error("AccessDenied of AKIAIOSFODNN7EXAMPLE");
      },
    },
  );
  const { notRestored } = await account.run();
  expect(notRestored).toEqual([expect.stringContaining("baseline keys reactivate spare")]);
  expect(notRestored.join()).not.toMatch(/AKIA[A-Z0-9]{12}/);
  expect(account.cut()).toEqual([]);
});

test.each([
  [
    "without an active key",
    { listAccessKeys: async () => [accessKey({ status: "Inactive" })] },
    "no active access key",
  ],
  ["who is gone", { listAccessKeys: async () => "gone" as const }, "no active access key"],
  [
    "to whom a response is in force",
    {
      sessions: {
        read: async () => ({ cutoffs: [{ before: new Date() }], isForeign: false }),
        change: async () => {
          throw new Error("no");
        },
      },
    },
    "denied already",
  ],
])("refuses a user %s, and sends nothing", async (_what, faults, words) => {
  let sent = 0;
  const send = async () => {
    sent += 1;
  };
  await expect(accountOf({ keys: 1 }, { ...faults, send }).run()).rejects.toThrow(words);
  expect(sent).toBe(0);
});
