import { missingFacts } from "../../src/credentials/decide";
import { endOf, isWarningDay } from "../../src/credentials/ends-soon";
import { accessKey, keyOwner, keyRule, keyRules, NOW } from "../builders/access-key";

const daysOld = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const rules = keyRules([keyRule({ maxAgeDays: 90, unusedDays: 45 })], { warnDays: 14 });

test.each([
  ["by age", { createDate: daysOld(80), lastUsed: NOW }, 10],
  ["by disuse", { createDate: daysOld(60), lastUsed: daysOld(40) }, 5],
  ["never used", { createDate: daysOld(40), lastUsed: "never" as const }, 5],
  ["by whatever comes first", { createDate: daysOld(88), lastUsed: daysOld(40) }, 2],
  ["by age, where its last use is not known", { createDate: daysOld(40) }, 50],
])("a key ends %s", (_what, key, days) => {
  expect(endOf(keyOwner(), accessKey(key), rules, NOW)?.days).toBe(days);
});

test("a key ends never where no rule ends it", () => {
  const nightly = keyRules([keyRule({ supersededDays: 2 })]);
  expect(endOf(keyOwner(), accessKey(), nightly, NOW)).toBeUndefined();
  expect(endOf(keyOwner({ path: "/other/" }), accessKey(), rules, NOW)).toBeUndefined();
});

test("it is told on the first day of the warning and on the last ones", () => {
  const told = (warnDays: number | undefined) =>
    Array.from({ length: 20 }, (_, index) => index + 1).filter((days) => isWarningDay(days, warnDays));
  expect(told(14)).toEqual([1, 2, 3, 7, 14]);
  expect(told(2)).toEqual([1, 2]);
  expect(told(undefined)).toEqual([]);
});

test("the last use is asked for where disuse may be near, and not before", () => {
  const asked = (days: number, by = rules) =>
    missingFacts(keyOwner(), [accessKey({ createDate: daysOld(days) })], by, NOW).lastUsed.length;
  expect([asked(30), asked(31), asked(45)]).toEqual([0, 1, 1]);
  const { warnDays: _warnDays, ...without } = rules;
  expect([asked(44, without), asked(45, without)]).toEqual([0, 1]);
});
