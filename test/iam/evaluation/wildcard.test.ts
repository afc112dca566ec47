import fc from "fast-check";
import { matchesWildcard } from "../../../src/iam/evaluation/wildcard";
import { UNKNOWN_PART } from "../../../src/iam/graph";

/** Tries every way, one character after the other. */
function naive(pattern: string, text: string): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text === "";
  const remaining = rest.join("");
  if (first === "*") return naive(remaining, text) || (text !== "" && naive(pattern, text.slice(1)));
  return text !== "" && (first === "?" || first === text[0]) && naive(remaining, text.slice(1));
}

const pattern = fc.string({ unit: fc.constantFrom("a", "b", ":", "/", "*", "?"), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom("a", "b", ":", "/"), maxLength: 8 });

test.each([
  ["*", "", true],
  ["*", "anything/at:all", true],
  ["?", "", false],
  ["?", "a", true],
  ["a*c", "abc", true],
  ["a*c", "ac", true],
  ["a*c", "acb", false],
  ["*b*b*", "abab", true],
  ["abc", "abc", true],
  ["abc", "ABC", false],
  ["a**", "a", true],
  ["[a-z]", "m", false],
  [".", "a", false],
])("pattern %s on %j: %s", (written, subject, expected) => {
  expect(matchesWildcard(written, subject)).toBe(expected);
});

test("case may be ignored", () => {
  expect(matchesWildcard("IAM:get*", "iam:GetUser", { ignoreCase: true })).toBe(true);
});

test("a pattern agrees with a matcher that tries every way", () => {
  fc.assert(
    fc.property(pattern, text, (written, subject) => {
      expect(matchesWildcard(written, subject)).toBe(naive(written, subject));
    }),
    { numRuns: 2000 },
  );
});

test("a pattern of many stars on a long text that does not match takes no exponential time", () => {
  expect(matchesWildcard(`${"*a".repeat(50)}b`, "a".repeat(20_000))).toBe(false);
});

describe("with a part that is known only after apply", () => {
  test.each([
    ["role/admin-*", `role/admin-${UNKNOWN_PART}`, true],
    ["role/admin-?*", `role/admin-${UNKNOWN_PART}`, true],
    ["role/admin-?", `role/admin-${UNKNOWN_PART}`, "unknown"],
    ["role/admin-??*", `role/admin-${UNKNOWN_PART}`, "unknown"],
    ["role/admin-x7", `role/admin-${UNKNOWN_PART}`, "unknown"],
    ["role/admin-", `role/admin-${UNKNOWN_PART}`, false],
    ["role/daily-*", `role/admin-${UNKNOWN_PART}`, false],
    ["role/*/x", `role/${UNKNOWN_PART}`, false],
    [`role/admin-${UNKNOWN_PART}`, "role/admin-x7", "unknown"],
    [`role/admin-${UNKNOWN_PART}`, "role/admin-x/y", false],
    [`role/admin-${UNKNOWN_PART}`, "role/admin-", false],
    [`role/${UNKNOWN_PART}`, `role/${UNKNOWN_PART}`, "unknown"],
    ["*", UNKNOWN_PART, true],
    [UNKNOWN_PART, "arn:aws:iam::111122223333:user/a/b", "unknown"],
    [`${UNKNOWN_PART}/*`, "arn:aws:s3:::bucket/key", "unknown"],
    [`${UNKNOWN_PART}/*`, "arn:aws:s3:::bucket", false],
    [`a${UNKNOWN_PART}b${UNKNOWN_PART}c`, "axbyc", "unknown"],
    ["a*b*c", `a${UNKNOWN_PART}b${UNKNOWN_PART}c`, true],
  ])("pattern %s on %s: %s", (written, subject, expected) => {
    expect(matchesWildcard(written, subject)).toBe(expected);
  });

  const name = fc.string({ unit: fc.constantFrom("a", "b", "x"), minLength: 1, maxLength: 4 });
  const withUnknown = (base: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc
      .tuple(base, fc.boolean(), base)
      .map(([before, unknown, after]) => (unknown ? `a${before}${UNKNOWN_PART}${after}` : before + after));

  test("a certain answer stays what it is, whatever the unknown part turns out to be", () => {
    fc.assert(
      fc.property(withUnknown(pattern), withUnknown(text), name, name, (written, subject, one, other) => {
        const certain = matchesWildcard(written, subject);
        const concrete = naive(
          written.replaceAll(UNKNOWN_PART, one),
          subject.replaceAll(UNKNOWN_PART, other),
        );
        if (certain !== "unknown") expect(certain).toBe(concrete);
      }),
      { numRuns: 3000 },
    );
  });
});
