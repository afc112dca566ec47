import { execFileSync } from "node:child_process";
import { join } from "node:path";

const MODULE = join(__dirname, "../../scripts/workflows/remaining-changes.mjs");

interface Change {
  readonly actions?: readonly string[];
  readonly after?: unknown;
  readonly after_unknown?: unknown;
}

const planOf = (changes: Readonly<Record<string, Change>>) => ({
  resource_changes: Object.entries(changes).map(([address, change]) => ({
    address,
    change: { actions: ["create"], after: {}, after_unknown: {}, ...change },
  })),
});

const reviewed = planOf({
  "role.a": { after: { name: "a", tags: ["x"] }, after_unknown: { id: true, trust: { user: true } } },
  "role.b": { actions: ["update"], after: { name: "b" } },
});

const CASES: readonly (readonly [what: string, second: unknown, told: readonly string[]])[] = [
  ["nothing is left", planOf({}), []],
  ["one of two is left", planOf({ "role.b": { actions: ["update"], after: { name: "b" } } }), []],
  ["a resource is as it should be", planOf({ "role.c": { actions: ["no-op"] } }), []],
  ["a data source is read", planOf({ "data.c": { actions: ["read"] } }), []],
  [
    "what was unknown is known",
    planOf({ "role.a": { after: { name: "a", tags: ["x"], id: "1", trust: { user: "arn" } } } }),
    [],
  ],
  ["a resource is new", planOf({ "role.c": {} }), ["role.c: was not in the reviewed plan"]],
  [
    "it is destroyed",
    planOf({ "role.b": { actions: ["delete"], after: null } }),
    ["role.b: reviewed to update, would delete"],
  ],
  [
    "it is replaced",
    planOf({ "role.b": { actions: ["delete", "create"], after: { name: "b" } } }),
    ["role.b: reviewed to update, would delete and create"],
  ],
  [
    "a value is another",
    planOf({ "role.b": { actions: ["update"], after: { name: "c" } } }),
    ["role.b: would become something else than reviewed"],
  ],
  [
    "a list is longer",
    planOf({ "role.a": { after: { name: "a", tags: ["x", "y"] } } }),
    ["role.a: would become something else than reviewed"],
  ],
  [
    "an attribute appears",
    planOf({ "role.b": { actions: ["update"], after: { name: "b", boundary: "none" } } }),
    ["role.b: would become something else than reviewed"],
  ],
  [
    "what was known is unknown",
    planOf({ "role.b": { actions: ["update"], after: {}, after_unknown: { name: true } } }),
    ["role.b: would become something else than reviewed"],
  ],
];

/** All cases in one process: the module is an ES module, which jest does not load. */
let answers: readonly (readonly string[])[] = [];

beforeAll(() => {
  const program = `import { unreviewedChanges } from ${JSON.stringify(MODULE)};
    const { first, seconds } = JSON.parse(process.argv[1]);
    console.log(JSON.stringify(seconds.map((second) => unreviewedChanges(second, first))));`;
  const input = JSON.stringify({ first: reviewed, seconds: CASES.map(([, second]) => second) });
  const text = execFileSync(process.execPath, ["--input-type=module", "--eval", program, input], {
    encoding: "utf8",
  });
  answers = JSON.parse(text) as readonly (readonly string[])[];
});

test.each(CASES.map(([what, , told], index) => [what, index, told] as const))(
  "the second plan, where %s",
  (_what, index, told) => {
    expect(answers[index]).toEqual(told);
  },
);
