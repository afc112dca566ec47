import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COMPLIANCE, compliancePage } from "../../src/catalogue/compliance/compliance-page";
import type { Control } from "../../src/catalogue/compliance/control";
import { RULES } from "../../src/catalogue/rules";
import { CHECKOV_ON_STACKS, CIS_7_SECTION_2, PROWLER_5_46_IAM } from "../fixtures/compliance/ids";

const all = Object.entries(COMPLIANCE);
const ids = (controls: readonly Control[] = []) => controls.map(({ id }) => id).sort();
const [cis, prowler, checkov] = Object.values(COMPLIANCE);

test("every recommendation of CIS section 2 has a row, and none besides", () => {
  expect(ids(cis)).toEqual([...CIS_7_SECTION_2].sort());
});

test("every IAM check of Prowler has a row, and none besides", () => {
  expect(ids(prowler)).toEqual([...PROWLER_5_46_IAM].sort());
});

test("every finding of Checkov on the stacks is named with its reason, and none that it does not find", () => {
  expect(ids(checkov)).toEqual([...CHECKOV_ON_STACKS].sort());
  expect(checkov?.map(({ standing }) => standing).filter((one) => one !== "excepted")).toEqual([]);
});

test.each(all)("%s: each row once, with words, and with rules that there are", (_title, controls) => {
  const known = new Set(RULES.map(({ id }) => id));
  expect(new Set(ids(controls)).size).toBe(controls.length);
  for (const { id, asks, by, rules = [] } of controls) {
    expect([id, asks.length > 3, by.length > 10]).toEqual([id, true, true]);
    expect([id, rules.filter((rule) => !known.has(rule as never))]).toEqual([id, []]);
  }
});

test("docs/compliance.md says what the data says (npm run docs)", () => {
  const page = readFileSync(join(__dirname, "../../docs/compliance.md"), "utf8");
  expect(page).toBe(compliancePage());
});
