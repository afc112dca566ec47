import { driftReport } from "../../src/drift/drift-report";
import type { Drift } from "../../src/drift/judge-drift";

const drift: Drift = { findings: [], ignored: [], notChecked: [], answered: ["one", "two"], othersRoles: 0 };

test("what the account answers is one fact of an environment, as labels are unique", () => {
  const { facts } = driftReport([{ environment: "prod", drift, errors: [], facts: [] }], {
    now: new Date("2026-11-25T00:00:00Z"),
    showIgnored: false,
  });
  expect(facts).toEqual([["Asked of prod", "one; two"]]);
});

test("what was ignored is told by address, each by itself", () => {
  const ignored = ["a", "b"].map((address) => ({ address, attribute: "arn", reason: "computed" }));
  const { facts } = driftReport(
    [{ environment: "prod", drift: { ...drift, answered: [], ignored }, errors: [], facts: [] }],
    { now: new Date("2026-11-25T00:00:00Z"), showIgnored: true },
  );
  expect(facts).toEqual([
    ["Ignored in prod: a.arn", "computed"],
    ["Ignored in prod: b.arn", "computed"],
  ]);
});
