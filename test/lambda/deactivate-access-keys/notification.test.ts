import { notificationOf } from "../../../lambda/deactivate-access-keys/notification";
import type { KeyEvent, RunSummary } from "../../../src/credentials/run/run-summary";

const SUMMARY: RunSummary = {
  runId: "run-1",
  environment: "personal",
  dryRun: false,
  startedAt: new Date("2026-11-24T15:00:00Z"),
  users: 2,
  exemptUsers: 0,
  uncoveredUsers: 0,
  deactivated: [],
  wouldDeactivate: [],
  keptForNow: [],
  keptLast: [],
  endingSoon: [],
  kept: 2,
  alreadyInactive: 0,
  gone: 0,
  failed: [],
  notReached: [],
  secondLook: { kind: "not-needed" },
};

const event = (userName: string): KeyEvent => ({ userName, key: "****ABCD", because: "rule nightly" });

describe("the notification of a run", () => {
  test.each<[string, Partial<RunSummary>, boolean]>([
    ["nothing happened", {}, false],
    ["a key was deactivated", { deactivated: [event("laptop")] }, true],
    ["something failed", { failed: [{ where: "laptop", because: "AccessDenied" }] }, true],
    ["a user was not reached", { notReached: ["laptop"] }, true],
    ["a dry run would deactivate", { dryRun: true, wouldDeactivate: [event("laptop")] }, false],
    ["a key is kept for now", { keptForNow: [event("laptop")] }, false],
    ["a key is kept as an owner's last", { keptLast: [event("laptop")] }, false],
    ["a key ends soon", { endingSoon: [event("laptop")] }, true],
  ])("where %s: sent %s", (_when, changed, sent) => {
    expect(notificationOf({ ...SUMMARY, ...changed }, false) !== undefined).toBe(sent);
  });

  test("is always sent on the day of the heartbeat", () => {
    expect(notificationOf(SUMMARY, true)?.message).toContain("2 users");
  });

  test("names 40 keys and counts the rest", () => {
    const deactivated = Array.from({ length: 5_000 }, (_, index) => event(`laptop-${index}`));
    const { message = "" } = notificationOf({ ...SUMMARY, deactivated }, false) ?? {};
    expect(message).toContain("laptop-39 ");
    expect(message).not.toContain("laptop-40 ");
    expect(message).toContain("and 4960 more, see the log");
    expect(Buffer.byteLength(message)).toBeLessThan(256 * 1024);
  });

  test("says what a dry run would do, in the subject too", () => {
    const notification = notificationOf(
      { ...SUMMARY, dryRun: true, wouldDeactivate: [event("laptop")] },
      true,
    );
    expect(notification?.subject).toBe("[personal] access keys: 1 to deactivate (dry run), 0 failed");
    expect(notification?.message).toContain("nothing was changed");
  });
});
