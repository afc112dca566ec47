import type { ResolvedKeyRules } from "../../../src/credentials/resolved-key-rules";
import { runOver } from "../../support/deactivation-run";
import { accessDenied, FakeIam, fakeKey, fakeUser, noSuchEntity } from "../../support/fake-iam";
import { NIGHTLY } from "../../support/nightly-rules";
import { VirtualTime } from "../../support/virtual-time";

const KEY_ID = /A(KIA|SIA)[A-Z0-9]{12,}/;

describe("a nightly run", () => {
  test.each([0, 1, 2, 3])("deactivates every key of a user who has %i", async (count) => {
    const account = new FakeIam([
      fakeUser("laptop", { keys: Array.from({ length: count }, () => fakeKey()) }),
      fakeUser("home"),
    ]);
    const { counts } = await runOver(account);
    expect(account.users.flatMap((user) => user.keys).filter((key) => key.status === "Active")).toEqual([]);
    expect(counts).toMatchObject({ users: 2, deactivated: count + 1, failed: 0 });
  });

  test("reaches 250 users that come in 3 pages", async () => {
    const account = new FakeIam(Array.from({ length: 250 }, (_, index) => fakeUser(`laptop-${index}`)));
    const { counts } = await runOver(account);
    expect(account.count("ListUsers")).toBe(3);
    expect(counts).toMatchObject({ users: 250, deactivated: 250 });
  });

  test("reaches the keys on the second page of ListAccessKeys", async () => {
    const account = new FakeIam([fakeUser("laptop", { keys: [fakeKey(), fakeKey(), fakeKey()] })], {
      keyPage: 1,
    });
    const { counts } = await runOver(account);
    expect(counts).toMatchObject({ deactivated: 3 });
    expect(account.keyOf("laptop", 2).status).toBe("Inactive");
  });

  test("reaches users that nobody declared", async () => {
    const account = new FakeIam([fakeUser("intruder")]);
    await runOver(account);
    expect(account.keyOf("intruder").status).toBe("Inactive");
  });

  test("leaves an exempt user alone, without asking for his keys", async () => {
    const rules: ResolvedKeyRules = { ...NIGHTLY, exemptPaths: ["/baseline/device/lab/"] };
    const account = new FakeIam([fakeUser("laptop"), fakeUser("probe", { path: "/baseline/device/lab/" })]);
    const { counts } = await runOver(account, { rules });
    expect(account.keyOf("probe").status).toBe("Active");
    expect(account.calls.filter((call) => call.userName === "probe")).toEqual([]);
    expect(counts).toMatchObject({ users: 1, exemptUsers: 1 });
  });

  test("leaves a user outside the managed paths alone", async () => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("legacy", { path: "/" })]);
    await runOver(account);
    expect(account.keyOf("legacy").status).toBe("Active");
    expect(account.calls.some((call) => call.userName === "legacy")).toBe(false);
  });

  test("leaves a user alone whom no rule names, without asking for his keys", async () => {
    const rules: ResolvedKeyRules = {
      ...NIGHTLY,
      rules: [{ name: "one", reason: "trial", users: ["laptop"], nightly: true }],
    };
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home")]);
    const { counts } = await runOver(account, { rules });
    expect(account.keyOf("home").status).toBe("Active");
    expect(account.calls.some((call) => call.userName === "home")).toBe(false);
    expect(counts).toMatchObject({ users: 1, uncoveredUsers: 1 });
  });

  test("lists a path once that lies below another managed path", async () => {
    const rules: ResolvedKeyRules = {
      ...NIGHTLY,
      managedPaths: ["/baseline/device/", "/baseline/device/lab/"],
    };
    const account = new FakeIam([fakeUser("laptop"), fakeUser("probe", { path: "/baseline/device/lab/" })]);
    const { counts } = await runOver(account, { rules });
    expect(account.count("ListUsers")).toBe(1);
    expect(counts).toMatchObject({ users: 2, deactivated: 2 });
  });

  test("only ever writes the status Inactive", async () => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home")]);
    await runOver(account);
    const written = account.calls
      .filter((call) => call.command === "UpdateAccessKey")
      .map((call) => call.status);
    expect(written).toEqual(["Inactive", "Inactive"]);
  });

  test("judges two users at a time", async () => {
    let now = 0;
    let most = 0;
    const account = new FakeIam(
      Array.from({ length: 20 }, (_, index) => fakeUser(`laptop-${index}`)),
      {
        before: async () => {
          now += 1;
          most = Math.max(most, now);
          await Promise.resolve();
          await Promise.resolve();
          now -= 1;
        },
      },
    );
    await runOver(account);
    expect(most).toBe(2);
  });
});

describe("a run that finds nothing to do", () => {
  test("is quiet when every key is inactive already", async () => {
    const account = new FakeIam([fakeUser("laptop", { keys: [fakeKey({ status: "Inactive" })] })]);
    const { counts, notifications } = await runOver(account);
    expect(counts).toMatchObject({ deactivated: 0, alreadyInactive: 1 });
    expect(notifications).toEqual([]);
    expect(account.count("UpdateAccessKey")).toBe(0);
  });

  test("is what a duplicate event makes: no call changes anything, nobody is told twice", async () => {
    const account = new FakeIam([fakeUser("laptop")]);
    const first = await runOver(account);
    const changes = account.count("UpdateAccessKey");
    const second = await runOver(account);
    expect(first.notifications).toHaveLength(1);
    expect(second.notifications).toEqual([]);
    expect(account.count("UpdateAccessKey")).toBe(changes);
  });

  test("tells so on the day of the heartbeat", async () => {
    const account = new FakeIam([fakeUser("laptop", { keys: [] })]);
    const { notifications } = await runOver(account, { startedAt: "2026-11-23T15:00:00Z" });
    expect(notifications.map((each) => each.subject)).toEqual([
      "[personal] access keys: 0 deactivated, 0 failed",
    ]);
  });
});

describe("facts of IAM", () => {
  const UNUSED: ResolvedKeyRules = {
    ...NIGHTLY,
    rules: [{ name: "unused", reason: "CIS 2.11", paths: ["/baseline/device/"], unusedDays: 45 }],
  };
  const old = new Date("2026-01-01T00:00:00Z");

  test("the last use is asked for keys that it decides about, and for no other", async () => {
    const account = new FakeIam([
      fakeUser("laptop", {
        keys: [fakeKey(), fakeKey({ createDate: old, lastUsed: new Date("2026-11-23T00:00:00Z") })],
      }),
      fakeUser("home", { keys: [fakeKey({ createDate: old })] }),
      fakeUser("spare", { keys: [fakeKey({ createDate: old, status: "Inactive" })] }),
    ]);
    const { counts } = await runOver(account, { rules: UNUSED });
    expect(
      account.calls.filter((call) => call.command === "GetAccessKeyLastUsed").map((call) => call.accessKeyId),
    ).toEqual([account.keyOf("laptop", 1).accessKeyId, account.keyOf("home").accessKeyId]);
    expect(account.keyOf("home").status).toBe("Inactive");
    expect(counts).toMatchObject({ kept: 2, deactivated: 1, alreadyInactive: 1 });
  });

  test("an unknown last use is a failure, and never a reason to keep quiet", async () => {
    const account = new FakeIam([fakeUser("laptop", { keys: [fakeKey({ createDate: old })] })], {
      before: ({ command, accessKeyId }) => {
        if (command === "GetAccessKeyLastUsed") throw accessDenied(accessKeyId ?? "");
      },
    });
    const { error, metrics } = await runOver(account, { rules: UNUSED });
    expect(account.keyOf("laptop").status).toBe("Active");
    expect(error?.name).toBe("IncompleteRunError");
    expect(metrics).toMatchObject({ Failed: 1 });
  });

  test("a temporary reactivation is honoured and reported", async () => {
    const kept = fakeKey();
    const account = new FakeIam([
      fakeUser("laptop", {
        keys: [kept, fakeKey()],
        tags: {
          "baseline:keep-active-key": kept.accessKeyId.slice(-4),
          "baseline:keep-active-until": "2026-11-25T09:00:00Z",
          "baseline:keep-active-reason": "release tonight",
        },
      }),
    ]);
    const { counts, notifications } = await runOver(account, {
      rules: { ...NIGHTLY, reactivationMaxHours: 24 },
    });
    expect(account.keyOf("laptop", 0).status).toBe("Active");
    expect(account.keyOf("laptop", 1).status).toBe("Inactive");
    expect(counts).toMatchObject({ keptForNow: 1, deactivated: 1, failed: 0 });
    expect(notifications[0]?.message).toContain("release tonight");
  });

  test("tags that cannot be read save no key", async () => {
    const account = new FakeIam([fakeUser("laptop")], {
      before: ({ command }) => {
        if (command === "ListUserTags") throw accessDenied("");
      },
    });
    const { error } = await runOver(account, { rules: { ...NIGHTLY, reactivationMaxHours: 24 } });
    expect(account.keyOf("laptop").status).toBe("Inactive");
    expect(error?.name).toBe("IncompleteRunError");
  });
});

describe("a run that meets a fault", () => {
  test("goes on after AccessDenied on one user, reports him and ends with an error", async () => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home"), fakeUser("spare")], {
      before: ({ command, userName, accessKeyId }) => {
        if (command === "UpdateAccessKey" && userName === "home") throw accessDenied(accessKeyId ?? "");
      },
    });
    const { error, metrics, notifications } = await runOver(account);
    expect(account.users.map((user) => user.keys[0]?.status)).toEqual(["Inactive", "Active", "Inactive"]);
    expect(error?.message).toContain("2 keys deactivated, 1 failures");
    expect(metrics).toMatchObject({ Deactivated: 2, Failed: 1, RunCompleted: 1 });
    expect(notifications).toHaveLength(1);
    expect(notifications[0]?.message).toContain("- home ****");
  });

  test("reports a user whose keys cannot be listed, and goes on", async () => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home")], {
      before: ({ command, userName }) => {
        if (command === "ListAccessKeys" && userName === "laptop") throw accessDenied("");
      },
    });
    const { error, metrics, notifications } = await runOver(account);
    expect(account.keyOf("home").status).toBe("Inactive");
    expect(metrics).toMatchObject({ Deactivated: 1, Failed: 1 });
    expect(error?.name).toBe("IncompleteRunError");
    expect(notifications[0]?.message).toContain("- laptop: AccessDenied");
  });

  test("takes a user who is deleted between the list and his keys for done", async () => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home")], {
      before: ({ command, userName }, { users }) => {
        if (command === "ListAccessKeys" && userName === "home") users.splice(1, 1);
      },
    });
    expect((await runOver(account)).counts).toMatchObject({ deactivated: 1, gone: 1, failed: 0 });
  });

  test("takes a user whom only the list still holds for done, after a second list", async () => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home")], {
      before: ({ command, userName }) => {
        if (command === "ListAccessKeys" && userName === "home") throw noSuchEntity();
      },
    });
    expect((await runOver(account)).counts).toMatchObject({ deactivated: 1, gone: 1, failed: 0 });
    expect(account.count("ListUsers")).toBe(3);
  });

  test("takes a key that is deleted before its update for done", async () => {
    const account = new FakeIam([fakeUser("laptop", { keys: [fakeKey(), fakeKey()] })], {
      before: ({ command }, { users, calls }) => {
        const first = calls.filter((call) => call.command === "UpdateAccessKey").length === 1;
        if (command === "UpdateAccessKey" && first) users[0]?.keys.splice(0, 1);
      },
    });
    const { counts } = await runOver(account);
    expect(counts).toMatchObject({ deactivated: 1, failed: 0 });
    expect(account.keyOf("laptop").status).toBe("Inactive");
  });

  test.each([
    ["before his keys are listed", "ListAccessKeys"],
    ["before his key is ended", "UpdateAccessKey"],
  ])("ends the key of a user who is renamed and moved %s", async (_when, at) => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home")], {
      before: ({ command, userName }, { users: [, home] }) => {
        if (command !== at || userName !== "home" || home === undefined) return;
        home.userName = "desk";
        home.path = "/elsewhere/";
      },
    });
    const { counts } = await runOver(account);
    expect(counts).toMatchObject({ users: 2, deactivated: 2, gone: 0, failed: 0, notReached: 0 });
    expect(account.keyOf("desk").status).toBe("Inactive");
  });

  test("judges a renamed user by the rules of the name that he had", async () => {
    const rules: ResolvedKeyRules = {
      ...NIGHTLY,
      rules: [{ name: "one", reason: "trial", users: ["home"], nightly: true }],
    };
    const account = new FakeIam([fakeUser("home")], {
      before: ({ command, userName }, { users: [home] }) => {
        if (command === "ListAccessKeys" && userName === "home" && home) home.userName = "desk";
      },
    });
    await runOver(account, { rules });
    expect(account.keyOf("desk").status).toBe("Inactive");
  });

  test("refuses to call a user gone whom it could not look for", async () => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home")], {
      before: ({ command, userName, pathPrefix }, { users }) => {
        if (command === "ListUsers" && pathPrefix === "/") throw accessDenied("");
        if (command === "ListAccessKeys" && userName === "home") users.splice(1, 1);
      },
    });
    const { error, output } = await runOver(account);
    expect(error?.name).toBe("IncompleteRunError");
    expect(output).toContain("whether the user was renamed could not be looked up");
  });

  test("says that there was no second look where time ran out with requests under way", async () => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home"), fakeUser("spare")], {
      before: ({ command, userName }) =>
        command === "ListAccessKeys" && userName !== "laptop" ? new Promise<void>(() => {}) : undefined,
    });
    const { error, output } = await runOver(account);
    expect(account.keyOf("laptop").status).toBe("Inactive");
    expect(error?.name).toBe("IncompleteRunError");
    expect(output).toContain('"secondLook":{"kind":"no-time"}');
  });

  test("ends well where nobody is declared under a path, and nobody is there", async () => {
    const rules: ResolvedKeyRules = { ...NIGHTLY, emptyPaths: NIGHTLY.managedPaths };
    const { counts, error } = await runOver(new FakeIam([]), { rules });
    expect(error).toBeUndefined();
    expect(counts).toMatchObject({ users: 0, failed: 0 });
  });

  test("still ends the key that somebody made by hand under such a path", async () => {
    const rules: ResolvedKeyRules = { ...NIGHTLY, emptyPaths: NIGHTLY.managedPaths };
    const account = new FakeIam([fakeUser("by-hand")]);
    expect((await runOver(account, { rules })).counts).toMatchObject({ deactivated: 1 });
  });

  test("deactivates who was listed when a later page of users fails", async () => {
    const account = new FakeIam(
      Array.from({ length: 150 }, (_, index) => fakeUser(`laptop-${index}`)),
      {
        before: ({ command }, { calls }) => {
          if (command === "ListUsers" && calls.length === 2) throw accessDenied("");
        },
      },
    );
    const { error, metrics } = await runOver(account);
    expect(metrics).toMatchObject({ Deactivated: 100, Failed: 1 });
    expect(error?.name).toBe("IncompleteRunError");
  });

  test("refuses to call a path without users a success", async () => {
    const { error, output } = await runOver(new FakeIam([fakeUser("legacy", { path: "/" })]));
    expect(error?.name).toBe("IncompleteRunError");
    expect(output).toContain("no user has this path");
  });

  test("refuses to call rules that reach nobody a success", async () => {
    const rules: ResolvedKeyRules = {
      ...NIGHTLY,
      rules: [{ name: "one", reason: "trial", users: ["laptop"], nightly: true }],
    };
    const { error, output } = await runOver(new FakeIam([fakeUser("renamed")]), { rules });
    expect(error?.name).toBe("IncompleteRunError");
    expect(output).toContain("no rule reaches any of the 1 users");
  });

  test("keeps what it did when the notification fails, and still ends with an error", async () => {
    const account = new FakeIam([fakeUser("laptop")]);
    const { error, metrics } = await runOver(account, {
      publish: () => {
        throw new Error("topic not found");
      },
    });
    expect(account.keyOf("laptop").status).toBe("Inactive");
    expect(metrics).toMatchObject({ Deactivated: 1, NotificationFailed: 1, RunCompleted: 1 });
    expect(error?.message).toContain("the notification was not sent");
  });

  test("shows no key id in any log line, metric, message or error", async () => {
    const account = new FakeIam(
      [
        fakeUser("laptop", { keys: [fakeKey(), fakeKey()] }),
        fakeUser("home"),
        fakeUser("AKIAIOSFODNN7EXAMPLE"),
      ],
      {
        before: ({ command, userName, accessKeyId }) => {
          if (command === "UpdateAccessKey" && userName === "home") throw accessDenied(accessKeyId ?? "");
          if (command === "ListAccessKeys" && userName === "AKIAIOSFODNN7EXAMPLE")
            throw accessDenied("AIDAIOSFODNN7EXAMPLE");
        },
      },
    );
    const { output, error, notifications } = await runOver(account);
    expect(output).toContain("****");
    expect(output).not.toMatch(KEY_ID);
    expect(JSON.stringify(notifications)).not.toMatch(KEY_ID);
    expect(`${error?.message} ${error?.stack} ${String(error?.cause)}`).not.toMatch(KEY_ID);
    expect(JSON.stringify(notifications)).not.toContain("111122223333");
  });

  test("shows no key id in an error that comes from its settings", async () => {
    const { error } = await runOver(new FakeIam([]), { variables: { DRY_RUN: "AKIAIOSFODNN7EXAMPLE" } });
    expect(error?.message).toContain("DRY_RUN");
    expect(`${error?.message} ${error?.stack}`).not.toMatch(KEY_ID);
  });
});

describe("the second look", () => {
  test("comes half a minute later and asks only about users who were changed", async () => {
    const time = new VirtualTime("2026-11-24T15:00:00Z");
    const looks: [string | undefined, string][] = [];
    const account = new FakeIam(
      [fakeUser("laptop"), fakeUser("home", { keys: [fakeKey({ status: "Inactive" })] })],
      {
        before: ({ command, userName }) => {
          if (command === "ListAccessKeys") looks.push([userName, time.now().toISOString()]);
        },
      },
    );
    const { output } = await runOver(account, { time });
    expect(looks.slice(2)).toEqual([["laptop", "2026-11-24T15:00:30.000Z"]]);
    expect(output).toContain('"secondLook":{"kind":"done","users":1,"skipped":0}');
  });

  test("reports a key that is active again", async () => {
    const account = new FakeIam([fakeUser("laptop")], {
      before: ({ command }, { calls, users }) => {
        if (command !== "ListAccessKeys" || calls.filter((call) => call.command === command).length < 2)
          return;
        for (const key of users[0]?.keys ?? []) key.status = "Active";
      },
    });
    const { error, notifications } = await runOver(account);
    expect(error?.message).toContain("1 failures");
    expect(notifications[0]?.message).toContain("reactivated");
  });

  test("reports a key that was created in the meantime", async () => {
    const account = new FakeIam([fakeUser("laptop")], {
      before: ({ command }, { calls, users }) => {
        if (command !== "ListAccessKeys" || calls.filter((call) => call.command === command).length < 2)
          return;
        users[0]?.keys.push(fakeKey());
      },
    });
    const { notifications } = await runOver(account);
    expect(notifications[0]?.message).toContain("created during the run");
  });

  test("is left out where its wait does not fit into the time, and the log says so", async () => {
    const account = new FakeIam([fakeUser("laptop")]);
    const { counts, output } = await runOver(account, { timeoutMs: 44_000 });
    expect(counts).toMatchObject({ deactivated: 1, failed: 0 });
    expect(output).toContain('"secondLook":{"kind":"no-time"}');
  });

  test("is not needed after a dry run", async () => {
    const account = new FakeIam([fakeUser("laptop")]);
    await runOver(account, { variables: { DRY_RUN: "true" } });
    expect(account.count("ListAccessKeys")).toBe(1);
  });
});

describe("time that runs out", () => {
  test("stops new work with 15 s left, reports who was not reached, and ends with an error", async () => {
    const time = new VirtualTime("2026-11-24T15:00:00Z");
    const account = new FakeIam(
      Array.from({ length: 40 }, (_, index) => fakeUser(`laptop-${index}`)),
      { before: () => time.advance(1_000) },
    );
    const { error, metrics, notifications } = await runOver(account, { time, timeoutMs: 60_000 });
    const active = account.users.filter((user) => user.keys[0]?.status === "Active");
    expect(active.length).toBeGreaterThan(0);
    expect(error?.message).toContain(`${active.length} users not reached`);
    expect(metrics).toMatchObject({ Failed: active.length, RunCompleted: 0 });
    expect(notifications[0]?.message).toContain("Not reached before time ran out");
  });

  test("stops between two keys of one user, who is then not reached", async () => {
    const time = new VirtualTime("2026-11-24T15:00:00Z");
    const account = new FakeIam([fakeUser("laptop", { keys: [fakeKey(), fakeKey(), fakeKey()] })], {
      before: ({ command }) => time.advance(command === "UpdateAccessKey" ? 20_000 : 0),
    });
    const { error } = await runOver(account, { time, timeoutMs: 50_000 });
    expect(account.count("UpdateAccessKey")).toBe(2);
    expect(account.keyOf("laptop", 2).status).toBe("Active");
    expect(error?.message).toContain("1 users not reached");
  });

  test("the run after it finishes what is left", async () => {
    const time = new VirtualTime("2026-11-24T15:00:00Z");
    const account = new FakeIam(
      Array.from({ length: 40 }, (_, index) => fakeUser(`laptop-${index}`)),
      { before: () => time.advance(600) },
    );
    await runOver(account, { time, timeoutMs: 60_000 });
    const { counts } = await runOver(account, { timeoutMs: 300_000 });
    expect(account.users.some((user) => user.keys[0]?.status === "Active")).toBe(false);
    expect(counts?.deactivated).toBeLessThan(40);
  });

  test("a request that never ends is cut off, and its user reported", async () => {
    const account = new FakeIam([fakeUser("laptop"), fakeUser("home"), fakeUser("spare")], {
      before: ({ userName }) => (userName === "home" ? new Promise<void>(() => {}) : undefined),
    });
    const { error, output } = await runOver(account);
    expect(account.keyOf("spare").status).toBe("Inactive");
    expect(error?.message).toContain("1 users not reached");
    expect(output).toContain("time ran out with requests under way");
  });

  test("a list of users that never ends is not a success", async () => {
    const account = new FakeIam([fakeUser("laptop")], { before: () => new Promise<void>(() => {}) });
    expect((await runOver(account)).error?.message).toContain("1 failures");
  });
});

describe("a dry run", () => {
  test("changes nothing, tells nobody and logs what it would do", async () => {
    const account = new FakeIam([fakeUser("laptop")]);
    const { counts, notifications, output, metrics } = await runOver(account, {
      variables: { DRY_RUN: "true" },
    });
    expect(account.count("UpdateAccessKey")).toBe(0);
    expect(counts).toMatchObject({ deactivated: 0, wouldDeactivate: 1 });
    expect(metrics).toMatchObject({ Deactivated: 0, WouldDeactivate: 1, RunCompleted: 1 });
    expect(notifications).toEqual([]);
    expect(output).toContain("would be deactivated");
  });
});
