import { lockOutDays } from "../../src/credentials/lock-out-days";
import { keyOwner, keyRule, keyRules } from "../builders/access-key";

const device = (userName: string, reactivates: readonly string[]) => ({
  ...keyOwner({ userName }),
  owner: "anna",
  reactivates,
});
const both = [device("home", ["work"]), device("work", ["home"])];
const days = (...input: Parameters<typeof lockOutDays>) =>
  lockOutDays(...input).map(({ course, day, locked }) => `${course} ${day} ${locked.join()}`);
const only = (userName: string, limits: object) => {
  const { paths: _paths, ...rule } = keyRule({ name: `of ${userName}`, users: [userName], ...limits });
  return rule;
};

test.each([
  ["age", { maxAgeDays: 90 }, ["works 90 home,work", "absent 90 home,work"]],
  ["disuse", { unusedDays: 45 }, ["absent 45 home,work"]],
  ["disuse with a longer grace", { unusedDays: 5, freshDays: 30 }, ["absent 30 home,work"]],
  ["age and disuse", { maxAgeDays: 90, unusedDays: 45 }, ["works 90 home,work", "absent 45 home,work"]],
  ["replaced keys", { supersededDays: 7 }, []],
])("a rule by %s over both devices", (_what, limits, expected) => {
  expect(days(both, keyRules([keyRule(limits)]))).toEqual(expected);
  expect(days(both, keyRules([keyRule(limits)], { lastKeys: [["home", "work"]] }))).toEqual([]);
});

test("ages that differ only move the day", () => {
  const rules = [only("work", { maxAgeDays: 90 }), only("home", { maxAgeDays: 120 })];
  expect(days(both, keyRules(rules))).toEqual(["works 120 home,work", "absent 120 home,work"]);
});

test("a device that no rule reaches helps on every day", () => {
  expect(days(both, keyRules([only("work", { maxAgeDays: 90, unusedDays: 45 })]))).toEqual([]);
  expect(days(both, keyRules([only("work", { nightly: true })]))).toEqual([]);
});

test("a device that cannot set the other's key to Active helps on none", () => {
  const helpless = [device("home", []), device("work", ["home"])];
  expect(days(helpless, keyRules([only("work", { maxAgeDays: 90 })]))).toEqual([
    "works 90 work",
    "absent 90 work",
  ]);
  expect(days(helpless, keyRules([only("home", { maxAgeDays: 90 })]))).toEqual([]);
});

test("a third device that needs another one is asked for, too", () => {
  const three = [...both, device("tablet", [])];
  const rules = keyRules([keyRule({ maxAgeDays: 90 })], { lastKeys: [["home", "work"]] });
  expect(days(three, rules)).toEqual(["works 90 tablet", "absent 90 tablet"]);
  const helped = [
    device("home", ["tablet", "work"]),
    device("work", ["home", "tablet"]),
    device("tablet", []),
  ];
  expect(days(helped, rules)).toEqual([]);
});
