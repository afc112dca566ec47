import fc from "fast-check";
import { decide } from "../../../src/credentials/decide";
import type { ResolvedKeyRules } from "../../../src/credentials/resolved-key-rules";
import { runOver } from "../../support/deactivation-run";
import { accessDenied, FakeIam, type FakeUser, fakeKey, noSuchEntity } from "../../support/fake-iam";

const NOW = new Date("2026-11-24T15:00:00Z");
const DAY_MS = 86_400_000;

const RULES: ResolvedKeyRules = {
  version: 1,
  managedPaths: ["/baseline/ci/", "/baseline/device/"],
  exemptPaths: ["/baseline/break-glass/", "/baseline/device/lab/"],
  rules: [
    { name: "age", reason: "CIS 2.12", paths: ["/baseline/ci/"], maxAgeDays: 90, unusedDays: 45 },
    { name: "nightly", reason: "keys are for the day", paths: ["/baseline/device/"], nightly: true },
  ],
};

const key = fc
  .record({
    active: fc.boolean(),
    ageDays: fc.integer({ min: 0, max: 200 }),
    usedDaysAgo: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
  })
  .map(({ active, ageDays, usedDaysAgo }) =>
    fakeKey({
      status: active ? "Active" : "Inactive",
      createDate: new Date(NOW.getTime() - ageDays * DAY_MS),
      ...(usedDaysAgo === undefined || usedDaysAgo > ageDays
        ? {}
        : { lastUsed: new Date(NOW.getTime() - usedDaysAgo * DAY_MS) }),
    }),
  );

const path = fc.constantFrom(
  "/",
  "/baseline/device/",
  "/baseline/device/lab/",
  "/baseline/ci/",
  "/baseline/break-glass/",
);

const population = fc
  .array(fc.record({ path, keys: fc.array(key, { maxLength: 3 }) }), { minLength: 1, maxLength: 25 })
  .map((users) => users.map((user, index): FakeUser => ({ userName: `user-${index}`, ...user })));

const fault = fc.record({
  /** The call, counted from the first, that does not go as it should. */
  call: fc.nat({ max: 80 }),
  kind: fc.constantFrom("denied", "gone", "server", "hangs", "reactivates", "vanishes", "renames", "none"),
});

/** What the rules say of a key, from the account itself and not through the code that asks IAM. */
function wanted(user: FakeUser): ReadonlySet<string> {
  const keys = user.keys.map((each) => ({ ...each, lastUsed: each.lastUsed ?? ("never" as const) }));
  const ended = decide(user, keys, RULES, NOW).filter(({ action }) => action === "deactivate");
  return new Set(ended.map((decision) => decision.key.accessKeyId));
}

/** What nobody can know: keys of a user that was deleted, and a key that somebody set to Active after the last look at it. */
function canBeKnown(account: FakeIam, user: FakeUser, kind: string, faultyCall: number): boolean {
  if (!account.users.includes(user)) return false;
  if (kind !== "reactivates") return true;
  return account.calls.some(
    ({ command, userName, goesOn }, index) =>
      index >= faultyCall - 1 && command === "ListAccessKeys" && userName === user.userName && !goesOn,
  );
}

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

describe("whatever the population and whatever single fault", () => {
  test("the run ends, no key outside the rules changes, and every key inside is inactive or reported", async () => {
    await fc.assert(
      fc.asyncProperty(population, fault, async (users, { call, kind }) => {
        const before = new Map(
          users.flatMap((user) => user.keys.map((each) => [each.accessKeyId, each.status])),
        );
        const inside = new Set(users.flatMap((user) => [...wanted(user)]));
        const account = new FakeIam([...users], {
          userPage: 4,
          keyPage: 1,
          before: (each, { calls, users: present }) => {
            if (calls.length !== call) return undefined;
            if (kind === "denied") throw accessDenied(each.accessKeyId ?? "");
            if (kind === "gone") throw noSuchEntity();
            if (kind === "server")
              throw Object.assign(new Error("internal failure"), { name: "ServiceFailure" });
            if (kind === "hangs") return new Promise<void>(() => {});
            if (kind === "vanishes") present.splice(0, 1);
            if (kind === "renames")
              for (const user of present.slice(0, 3)) user.userName = `new-${user.userName}`;
            if (kind === "reactivates") {
              const user = present.find((one) => one.userName === each.userName);
              for (const touched of user?.keys ?? []) {
                if (inside.has(touched.accessKeyId)) touched.status = "Active";
              }
            }
            return undefined;
          },
        });
        const outcome = await runOver(account, { rules: RULES, startedAt: NOW.toISOString() });

        const errors = outcome.output.split("\n").filter((line) => line.includes('"level":"ERROR"'));
        for (const user of users) {
          for (const { accessKeyId, status } of user.keys) {
            if (!inside.has(accessKeyId)) {
              expect([accessKeyId, status]).toEqual([accessKeyId, before.get(accessKeyId)]);
            } else if (status === "Active" && canBeKnown(account, user, kind, call)) {
              expect(outcome.error?.name).toBe("IncompleteRunError");
              const path = RULES.managedPaths.find((each) => user.path.startsWith(each));
              const names = [user.userName, path, "run"].map((name) => JSON.stringify(name));
              expect(errors.filter((line) => names.some((name) => line.includes(name)))).not.toEqual([]);
            }
          }
        }
        expect(outcome.output + JSON.stringify(outcome.notifications)).not.toMatch(/A(KIA|SIA)[A-Z0-9]{12,}/);
      }),
      { numRuns: 150 },
    );
  });

  test("a run after it, without a fault, leaves no key active that the rules end", async () => {
    await fc.assert(
      fc.asyncProperty(population, fault, async (users, { call, kind }) => {
        const inside = new Set(users.flatMap((user) => [...wanted(user)]));
        const account = new FakeIam([...users], {
          before: (each, { calls }) => {
            if (calls.length !== call) return undefined;
            if (kind === "hangs") return new Promise<void>(() => {});
            throw accessDenied(each.accessKeyId ?? "");
          },
        });
        await runOver(account, { rules: RULES, startedAt: NOW.toISOString() });
        await runOver(new FakeIam(account.users), { rules: RULES, startedAt: NOW.toISOString() });
        const active = account.users.flatMap((user) => user.keys).filter((each) => each.status === "Active");
        expect(active.filter((each) => inside.has(each.accessKeyId))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
