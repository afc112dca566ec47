import { environment, locationsOf } from "../builders/environment";

const root = { root: { acknowledgeRootRecovery: true } } as const;

test("refuses recovery by root where root has no credentials of its own", () => {
  expect(locationsOf(environment({ recovery: root, root: { credentials: "central" } }))).toEqual([
    "environments/prod.ts: recovery.root",
  ]);
});

test.each([
  ["its own root user", environment({ recovery: root, root: { credentials: "own" } })],
  ["nothing said of root", environment({ recovery: root })],
  ["another recovery", environment({ recovery: "second-device", root: { credentials: "central" } })],
])("accepts %s", (_what, input) => {
  expect(locationsOf(input)).toEqual([]);
});

test.each([
  ["a day", "2026-11-23", true],
  ["a moment", "2026-11-23T04:35:14Z", true],
  ["a day that no calendar has", "2026-02-30", false],
  ["a date of other form", "23.11.2026", false],
])("an acknowledged use until %s", (_what, until, accepted) => {
  const acknowledgedUses = [{ until, reason: "recovery of anna, OPS-12" }];
  expect(locationsOf(environment({ root: { acknowledgedUses } })).length === 0).toBe(accepted);
});
