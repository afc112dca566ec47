import { matchesPattern } from "../../../src/detection/pattern/matches";
import type { EventPattern } from "../../../src/detection/pattern/pattern";

/** The operators as the documentation shows them, each with what it matches and what not. */
const CASES: readonly (readonly [
  what: string,
  pattern: EventPattern,
  matches: readonly unknown[],
  not: readonly unknown[],
])[] = [
  ["a value", { a: ["New York"] }, ["New York", ["x", "New York"]], ["new york", 1, null, undefined, [], {}]],
  ["one of several values", { a: ["x", 7, true] }, ["x", 7, true, [7]], ["7", false, "true"]],
  ["null", { a: [null] }, [null, [1, null]], ["", "null", undefined]],
  ["the empty text", { a: [""] }, ["", [""]], [null, undefined, " "]],
  [
    "prefix",
    { a: [{ prefix: "us-" }] },
    ["us-east-1", "us-", ["eu", "us-x"]],
    ["eu-us-", "US-east-1", 1, null],
  ],
  [
    "prefix in any case",
    { a: [{ prefix: { "equals-ignore-case": "EventB" } }] },
    ["eventbridge", "EVENTB"],
    ["event", "xeventb"],
  ],
  ["suffix", { a: [{ suffix: ".png" }] }, ["x.png", ".png"], [".png.jpg", "x.PNG"]],
  ["suffix in any case", { a: [{ suffix: { "equals-ignore-case": ".PNG" } }] }, ["x.png", ".pNg"], ["png"]],
  [
    "a text in any case",
    { a: [{ "equals-ignore-case": "alice" }] },
    ["Alice", "ALICE"],
    ["alic", "alice ", 1],
  ],
  [
    "wildcard",
    { a: [{ wildcard: "dir/*.p*g" }] },
    ["dir/a.png", "dir/.pg", "dir/a/b.jpg.peg"],
    ["dir/a.gif", "xdir/a.png"],
  ],
  ["an escaped star", { a: [{ wildcard: "a\\*b*" }] }, ["a*b", "a*bc"], ["axb"]],
  ["a question mark is none", { a: [{ wildcard: "a?*" }] }, ["a?", "a?b"], ["ab"]],
  ["a network", { a: [{ cidr: "10.0.0.0/24" }] }, ["10.0.0.0", "10.0.0.255"], ["10.0.1.0", "x", "::1", 10]],
  ["an IPv6 network", { a: [{ cidr: "2001:db8::/32" }] }, ["2001:db8:1::5"], ["2001:db9::", "10.0.0.1"]],
  ["a number", { a: [{ numeric: ["=", 300] }] }, [300, 3e2, [1, 300]], [301, "300", null]],
  ["a range", { a: [{ numeric: [">", 0, "<=", 5] }] }, [0.1, 5], [0, 5.1, -1, "3"]],
  ["an end of a range", { a: [{ numeric: [">=", 10] }] }, [10, 11], [9.9]],
  ["a field that is there", { a: [{ exists: true }] }, ["x", null, 0, false, [1]], [undefined, {}, []]],
  ["a field that is not", { a: [{ exists: false }] }, [undefined, {}, [], { b: 1 }], ["", null, [1]]],
  ["a field that is not there, or a value", { a: [{ exists: false }, "x"] }, [undefined, "x"], ["y", null]],
  [
    "anything but a value",
    { a: [{ "anything-but": "x" }] },
    ["y", 1, "", ["x", "y"]],
    ["x", undefined, null, true, ["x"]],
  ],
  ["anything but a number", { a: [{ "anything-but": 5 }] }, [6, "5"], [5, undefined]],
  [
    "anything but some values",
    { a: [{ "anything-but": ["x", "y"] }] },
    ["z", ["x", "z"]],
    ["x", ["x", "y"], undefined],
  ],
  ["anything but some numbers", { a: [{ "anything-but": [1, 2] }] }, [3], [1, 2]],
  [
    "anything but a prefix",
    { a: [{ "anything-but": { prefix: "us-" } }] },
    ["eu-us-"],
    ["us-east-1", undefined],
  ],
  [
    "anything but prefixes",
    { a: [{ "anything-but": { prefix: ["us-", "eu-"] } }] },
    ["ap-"],
    ["us-1", "eu-1"],
  ],
  ["anything but a suffix", { a: [{ "anything-but": { suffix: ".png" } }] }, ["x.jpg"], ["x.png"]],
  [
    "anything but suffixes",
    { a: [{ "anything-but": { suffix: [".png", ".jpg"] } }] },
    ["x.gif"],
    ["x.png", "x.jpg"],
  ],
  [
    "anything but in any case",
    { a: [{ "anything-but": { "equals-ignore-case": ["INIT", "x"] } }] },
    ["in"],
    ["init", "Init", "X"],
  ],
  [
    "anything but a wildcard",
    { a: [{ "anything-but": { wildcard: "*/lib/*" } }] },
    ["a/src/b"],
    ["a/lib/b", undefined],
  ],
  [
    "anything but wildcards",
    { a: [{ "anything-but": { wildcard: ["a*", "*z"] } }] },
    ["bcd"],
    ["abc", "xyz"],
  ],
];

describe.each(CASES)("%s", (_what, pattern, matches, not) => {
  const event = (value: unknown) => (value === undefined ? {} : { a: value });

  test.each(matches.map((value) => [JSON.stringify(value) ?? "nothing", value]))(
    "matches %s",
    (_shown, value) => {
      expect(matchesPattern(pattern, event(value))).toBe(true);
    },
  );

  test.each(not.map((value) => [JSON.stringify(value) ?? "nothing", value]))(
    "does not match %s",
    (_shown, value) => {
      expect(matchesPattern(pattern, event(value))).toBe(false);
    },
  );
});

describe("several fields", () => {
  test("all have to fit, at any depth", () => {
    const pattern: EventPattern = { source: ["s"], detail: { a: { b: ["x"] }, c: [1] } };
    expect(matchesPattern(pattern, { source: "s", more: 1, detail: { a: { b: "x", d: 2 }, c: 1 } })).toBe(
      true,
    );
    expect(matchesPattern(pattern, { source: "s", detail: { a: { b: "x" } } })).toBe(false);
    expect(matchesPattern(pattern, { source: "s", detail: { a: "b", c: 1 } })).toBe(false);
  });

  test("$or needs one of its alternatives, and what is beside it", () => {
    const pattern: EventPattern = {
      detail: { $or: [{ a: [{ numeric: ["<", 6] }] }, { b: ["x"] }], c: ["y"] },
    };
    expect(matchesPattern(pattern, { detail: { a: 5, c: "y" } })).toBe(true);
    expect(matchesPattern(pattern, { detail: { a: 7, b: "x", c: "y" } })).toBe(true);
    expect(matchesPattern(pattern, { detail: { a: 7, b: "z", c: "y" } })).toBe(false);
    expect(matchesPattern(pattern, { detail: { b: "x" } })).toBe(false);
  });

  test("$or within $or", () => {
    const pattern: EventPattern = { $or: [{ a: ["1"] }, { b: { $or: [{ c: ["2"] }, { d: ["3"] }] } }] };
    expect(
      [{ a: "1" }, { b: { c: "2" } }, { b: { d: "3" } }].every((event) => matchesPattern(pattern, event)),
    ).toBe(true);
    expect(matchesPattern(pattern, { b: { c: "3" } })).toBe(false);
  });

  test("one object of a list has to fit the whole", () => {
    const pattern: EventPattern = { list: { a: [1], b: [2] } };
    expect(matchesPattern(pattern, { list: [{ a: 0 }, { a: 1, b: 2 }] })).toBe(true);
    expect(
      matchesPattern(pattern, {
        list: [
          { a: 1, b: 0 },
          { a: 0, b: 2 },
        ],
      }),
    ).toBe(false);
  });

  test("what does not exist does so in no object of a list", () => {
    const pattern: EventPattern = { list: { a: [1], b: [{ exists: false }] } };
    expect(matchesPattern(pattern, { list: [{ a: 1 }, { a: 2 }] })).toBe(true);
    expect(matchesPattern(pattern, { list: [{ a: 1 }, { b: 2 }] })).toBe(false);
  });

  test("a field below one that is missing does not exist", () => {
    const pattern: EventPattern = { a: { b: { c: [{ exists: false }] } } };
    expect(matchesPattern(pattern, {})).toBe(true);
    expect(matchesPattern(pattern, { a: { b: { c: 1 } } })).toBe(false);
  });

  test("names of JavaScript's own are fields like others", () => {
    expect(matchesPattern({ constructor: [{ exists: true }] } as EventPattern, {})).toBe(false);
    expect(matchesPattern({ a: { toString: ["x"] } } as unknown as EventPattern, { a: {} })).toBe(false);
  });
});
