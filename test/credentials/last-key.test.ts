import fc from "fast-check";
import type { AccessKey } from "../../src/credentials/access-key";
import { decide } from "../../src/credentials/decide";
import { keepLastKey } from "../../src/credentials/last-key";
import { accessKey, keyOwner, keyRule, keyRules, NOW } from "../builders/access-key";

const rules = keyRules([keyRule({ maxAgeDays: 90, unusedDays: 45 })], { lastKeys: [["home", "work"]] });
const daysOld = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

/** What becomes of the keys of `home` and `work`. */
function outcome(home: readonly Partial<AccessKey>[], work: readonly Partial<AccessKey>[], by = rules) {
  const users = Object.entries({ home, work }).map(([userName, keys]) => {
    const owner = keyOwner({ userName });
    return {
      userName,
      decisions: decide(
        owner,
        keys.map((key) => accessKey({ lastUsed: NOW, ...key })),
        by,
        NOW,
      ),
    };
  });
  return keepLastKey(users, by).map(({ userName, decisions }) =>
    [userName, ...decisions.map(({ action }) => action)].join(" "),
  );
}

describe("of the keys with which an owner reactivates others", () => {
  const old = { createDate: daysOld(90) };
  const young = { createDate: daysOld(10) };

  test.each([
    ["both end on one day: one stays", [old], [old], ["home keep-last", "work deactivate"]],
    ["the younger stays", [{ createDate: daysOld(120) }], [old], ["home deactivate", "work keep-last"]],
    ["another works: none stays for that", [old], [young], ["home deactivate", "work keep"]],
    [
      "the other is inactive already: this one stays",
      [{ ...young, status: "Inactive" }],
      [old],
      ["home already-inactive", "work keep-last"],
    ],
    ["the other has none: this one stays", [], [old], ["home", "work keep-last"]],
    [
      "both keys of one device: one stays",
      [],
      [old, { createDate: daysOld(100) }],
      ["home", "work keep-last deactivate"],
    ],
    [
      "after an absence of 45 days",
      [{ lastUsed: daysOld(45), createDate: daysOld(60) }],
      [{ lastUsed: daysOld(50), createDate: daysOld(60) }],
      ["home keep-last", "work deactivate"],
    ],
    [
      "all inactive: nothing to keep",
      [{ ...old, status: "Inactive" }],
      [{ ...old, status: "Inactive" }],
      ["home already-inactive", "work already-inactive"],
    ],
  ] as const)("%s", (_what, home, work, expected) => {
    expect(outcome(home, work)).toEqual(expected);
  });

  test("a key whose last use is not known is not ended, and counts as working", () => {
    expect(outcome([{ ...old, createDate: daysOld(60), lastUsed: undefined as never }], [old])).toEqual([
      "home undecided",
      "work deactivate",
    ]);
  });

  test("a nightly rule ends the last as well: the environment has to have another device", () => {
    const nightly = keyRules([keyRule({ name: "night", nightly: true })], { lastKeys: [["home", "work"]] });
    expect(outcome([young], [young], nightly)).toEqual(["home deactivate", "work deactivate"]);
  });

  test("the reason names the rule, and what to do", () => {
    const [user] = keepLastKey(
      [{ userName: "work", decisions: decide(keyOwner(), [accessKey(old)], rules, NOW) }],
      rules,
    );
    expect(user?.decisions).toMatchObject([
      {
        action: "keep-last",
        rule: "age",
        because: expect.stringMatching(/last key .* although rule age, .*; rotate it/),
      },
    ]);
  });

  test("whatever their ages: one is active afterwards if one was before", () => {
    const key = fc.record({
      createDate: fc.integer({ min: 0, max: 200 }).map(daysOld),
      lastUsed: fc.oneof(fc.constant("never" as const), fc.integer({ min: 0, max: 200 }).map(daysOld)),
      status: fc.constantFrom("Active" as const, "Inactive" as const),
    });
    fc.assert(
      fc.property(fc.array(key, { maxLength: 2 }), fc.array(key, { maxLength: 2 }), (home, work) => {
        const before = [...home, ...work].some(({ status }) => status === "Active");
        const after = outcome(home, work).some((line) => /keep/.test(line));
        expect(after).toBe(before);
      }),
    );
  });
});
