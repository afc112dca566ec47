import fc from "fast-check";
import { wrapped } from "../../src/findings/format/wrapped";

test.each([
  ["words that fit", "one two", 7, "one two"],
  ["words that do not", "one two", 6, "one\ntwo"],
  ["a word longer than a line", "an abcdefgh end", 4, "an\nabcd\nefgh\nend"],
  ["a long word first", "abcdefgh", 4, "abcd\nefgh"],
  ["nothing", "", 4, ""],
])("%s", (_what, text, width, expected) => {
  expect(wrapped(text, width)).toBe(expected);
});

test("no line is too long, and no letter is lost", () => {
  const words = fc
    .array(fc.string({ minLength: 1, maxLength: 12, unit: "grapheme-ascii" }))
    .map((all) => all.join(" "));
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 15 }), (text, width) => {
      const lines = wrapped(text, width).split("\n");
      expect(lines.every((line) => line.length <= width)).toBe(true);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }),
  );
});
