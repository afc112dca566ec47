import fc from "fast-check";
import { patternFaults } from "../../../src/detection/pattern/faults";
import { matchesPattern } from "../../../src/detection/pattern/matches";
import { deadParts } from "../../../src/detection/pattern/never-matches";
import type { Condition, EventPattern } from "../../../src/detection/pattern/pattern";
import { oracleMatches } from "./oracle";

// few letters and few fields, so that patterns and events meet
const text = fc.stringMatching(/^[abA*]{0,3}$/);
const number = fc.integer({ min: -2, max: 2 });
const texts = fc.array(text, { minLength: 1, maxLength: 2 });
const wildcard = fc
  .array(fc.constantFrom("a", "b", "A", "*", "\\*", "\\\\"), { maxLength: 4 })
  .map((parts) => parts.filter((part, index) => part !== "*" || parts[index - 1] !== "*").join(""));
const part = fc.oneof(
  text,
  text.map((each) => ({ "equals-ignore-case": each })),
);
const low = fc.constantFrom(">", ">=");
const high = fc.constantFrom("<", "<=");
const condition: fc.Arbitrary<Condition> = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.boolean().map((exists) => ({ exists })),
  part.map((prefix) => ({ prefix })),
  part.map((suffix) => ({ suffix })),
  text.map((each) => ({ "equals-ignore-case": each })),
  wildcard.map((each) => ({ wildcard: each })),
  fc
    .oneof(fc.tuple(fc.constantFrom("=", "<", "<=", ">", ">="), number), fc.tuple(low, number, high, number))
    .map((numeric) => ({ numeric })),
  fc
    .oneof(
      text,
      number,
      texts,
      fc.array(number, { minLength: 1, maxLength: 2 }),
      fc.oneof(text, texts).map((prefix) => ({ prefix })),
      fc.oneof(text, texts).map((suffix) => ({ suffix })),
      fc.oneof(text, texts).map((each) => ({ "equals-ignore-case": each })),
      fc
        .oneof(wildcard, fc.array(wildcard, { minLength: 1, maxLength: 2 }))
        .map((each) => ({ wildcard: each })),
    )
    .map((but) => ({ "anything-but": but })),
);
const leaf = fc.array(condition, { minLength: 1, maxLength: 3 });
const { pattern } = fc.letrec<{ pattern: EventPattern; fields: EventPattern }>((tie) => ({
  fields: fc.dictionary(
    fc.constantFrom("a", "b", "c"),
    fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("fields")),
    { minKeys: 1, maxKeys: 2, noNullPrototype: true },
  ) as fc.Arbitrary<EventPattern>,
  pattern: fc.oneof(
    tie("fields"),
    fc
      .tuple(fc.array(tie("fields"), { minLength: 2, maxLength: 3 }), fc.option(leaf, { nil: undefined }))
      .map(([$or, d]) => ({ $or, ...(d !== undefined && { d }) }) as EventPattern),
  ),
}));
const { event } = fc.letrec<{ event: Record<string, unknown>; value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 2 }),
    tie("event"),
  ),
  event: fc.dictionary(fc.constantFrom("a", "b", "c", "d"), tie("value"), {
    maxKeys: 3,
    noNullPrototype: true,
  }) as fc.Arbitrary<Record<string, unknown>>,
}));

test("the matcher agrees with one that tries every way", () => {
  let matched = 0;
  fc.assert(
    fc.property(pattern, event, (asked, given) => {
      const expected = oracleMatches(asked, given);
      if (expected) matched += 1;
      expect(matchesPattern(asked, given)).toBe(expected);
    }),
    { numRuns: 3_000 },
  );
  expect(matched).toBeGreaterThan(50);
});

test("a pattern made of the documented operators has no faults", () => {
  fc.assert(
    fc.property(pattern, (asked) => expect(patternFaults(asked)).toEqual([])),
    { numRuns: 500 },
  );
});

test("what an event matches is not called dead", () => {
  // events of somebody's own, of which nothing is known
  const listening = { region: "us-east-1", globalRegion: "us-east-1", reads: false };
  let matched = 0;
  fc.assert(
    fc.property(pattern, event, ({ $or: _, ...asked }, given) => {
      const own = { ...asked, source: ["own.source"] } as EventPattern;
      if (!matchesPattern(own, { ...given, source: "own.source" })) return;
      matched += 1;
      expect(deadParts(own, listening).filter((part) => part.startsWith("no value"))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
  expect(matched).toBeGreaterThan(50);
});
