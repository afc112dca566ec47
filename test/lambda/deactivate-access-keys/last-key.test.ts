import type { ResolvedKeyRules } from "../../../src/credentials/resolved-key-rules";
import { runOver } from "../../support/deactivation-run";
import { accessDenied, FakeIam, fakeKey, fakeUser } from "../../support/fake-iam";
import { NIGHTLY } from "../../support/nightly-rules";

const RULES: ResolvedKeyRules = {
  ...NIGHTLY,
  rules: [{ name: "age", reason: "CIS", paths: ["/baseline/device/"], maxAgeDays: 90 }],
  lastKeys: [["home", "work"]],
  warnDays: 14,
};
const aged = (days: number) =>
  fakeKey({ createDate: new Date(Date.parse("2026-11-24T15:00:00Z") - days * 86_400_000) });
const statuses = (account: FakeIam) =>
  Object.fromEntries(
    account.users.map(({ userName, keys }) => [userName, keys.map(({ status }) => status).join()]),
  );

test("both devices of an owner reach the age in one run: one key stays, and it is told", async () => {
  const account = new FakeIam([
    fakeUser("home", { keys: [aged(90)] }),
    fakeUser("other", { keys: [aged(90)] }),
    fakeUser("work", { keys: [aged(91)] }),
  ]);
  const { counts, notifications, error } = await runOver(account, { rules: RULES });
  expect(error).toBeUndefined();
  expect(statuses(account)).toEqual({ home: "Active", other: "Inactive", work: "Inactive" });
  expect(counts).toMatchObject({ deactivated: 2, keptLast: 1, failed: 0 });
  expect(notifications[0]?.message).toMatch(/Kept active as an owner's last key:\n- home \*{4}/);
});

test("the run after it, and a repeated one, leave the same key", async () => {
  const account = new FakeIam([
    fakeUser("home", { keys: [aged(90)] }),
    fakeUser("work", { keys: [aged(91)] }),
  ]);
  await runOver(account, { rules: RULES });
  const { counts } = await runOver(account, { rules: RULES });
  expect(statuses(account)).toEqual({ home: "Active", work: "Inactive" });
  expect(counts).toMatchObject({ deactivated: 0, keptLast: 1 });
});

test("the day on which another works, the old one ends", async () => {
  const account = new FakeIam([
    fakeUser("home", { keys: [aged(120)] }),
    fakeUser("work", { keys: [aged(1)] }),
  ]);
  await runOver(account, { rules: RULES });
  expect(statuses(account)).toEqual({ home: "Inactive", work: "Active" });
});

test("a device whose keys cannot be listed does not count as working", async () => {
  const account = new FakeIam(
    [fakeUser("home", { keys: [aged(90)] }), fakeUser("work", { keys: [aged(91)] })],
    {
      before: ({ command, userName }) => {
        if (command === "ListAccessKeys" && userName === "home") throw accessDenied("iam:ListAccessKeys");
      },
    },
  );
  const { error } = await runOver(account, { rules: RULES });
  expect(error?.message).toContain("1 failures");
  expect(statuses(account).work).toBe("Active");
});

test("a device that no rule reaches is looked at, and helps", async () => {
  const rules: ResolvedKeyRules = {
    ...RULES,
    rules: [{ name: "age", reason: "CIS", users: ["work"], maxAgeDays: 90 }],
  };
  const account = new FakeIam([
    fakeUser("home", { keys: [aged(300)] }),
    fakeUser("work", { keys: [aged(91)] }),
  ]);
  await runOver(account, { rules });
  expect(statuses(account)).toEqual({ home: "Active", work: "Inactive" });
  const alone = new FakeIam([fakeUser("home", { keys: [] }), fakeUser("work", { keys: [aged(91)] })]);
  await runOver(alone, { rules });
  expect(statuses(alone)).toEqual({ home: "", work: "Active" });
});

test("a key that ends within days is told before", async () => {
  const account = new FakeIam([
    fakeUser("home", { keys: [aged(76)] }),
    fakeUser("work", { keys: [aged(80)] }),
  ]);
  const { notifications, counts } = await runOver(account, { rules: RULES });
  expect(counts).toMatchObject({ endingSoon: 1, deactivated: 0 });
  expect(notifications[0]?.subject).toContain("1 end soon");
  expect(notifications[0]?.message).toMatch(
    /Ends soon:\n- home \*{4}\w+: in 14 days rule age ends it at an age of 90 days/,
  );
});
