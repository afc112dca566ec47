import fc from "fast-check";
import { clausesOf } from "../../../src/iam/comparison/clause";
import { impliesAll } from "../../../src/iam/comparison/implication";
import { isCovered, isSetCovered, mayMeet } from "../../../src/iam/comparison/pattern-sets";
import { matchesWildcard } from "../../../src/iam/evaluate";

const pattern = fc.stringMatching(/^[ab*?]{1,6}$/);
const text = fc.stringMatching(/^[abc]{0,7}$/);

describe("patterns", () => {
  test("what is covered is matched by one of the covering patterns, whatever the text", () => {
    fc.assert(
      fc.property(
        pattern,
        fc.array(pattern, { minLength: 1, maxLength: 3 }),
        text,
        (inner, outers, sample) => {
          fc.pre(matchesWildcard(inner, sample) === true && isCovered(inner, outers));
          expect(outers.some((outer) => matchesWildcard(outer, sample) === true)).toBe(true);
        },
      ),
    );
  });

  test("patterns with a text in common meet", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (left, right, sample) => {
        fc.pre(matchesWildcard(left, sample) === true && matchesWildcard(right, sample) === true);
        expect(mayMeet(left, right)).toBe(true);
      }),
    );
  });

  test.each([
    ["s3:getobject", ["s3:get*"], true],
    ["s3:get*", ["s3:getobject", "s3:getobjectacl"], false],
    ["a?", ["a*"], true],
    ["a*", ["a?", "a", "a??*"], true],
    ["user/${aws:username}", ["user/*"], true],
    ["user/*", ["user/${aws:username}"], false],
    ["user/${aws:username}", ["user/${aws:userid}"], false],
    ["user/${aws:username}", ["user/?"], false],
    ["${*}", ["*"], true],
    ["*", ["${*}"], false],
  ])("%s within %j: %s", (inner, outers, expected) => {
    expect(isCovered(inner, outers)).toBe(expected);
  });

  test("a complement and what it spares cover everything", () => {
    const all = { patterns: ["*"], negated: false };
    expect(
      isSetCovered(all, [
        { patterns: ["iam:*"], negated: true },
        { patterns: ["iam:*"], negated: false },
      ]),
    ).toBe(true);
    expect(
      isSetCovered(all, [
        { patterns: ["iam:*"], negated: true },
        { patterns: ["iam:Get*"], negated: false },
      ]),
    ).toBe(false);
  });
});

describe("conditions", () => {
  const mfa = "aws:MultiFactorAuthPresent";
  const age = "aws:MultiFactorAuthAge";
  const ip = "aws:SourceIp";
  test.each([
    ["Bool with IfExists", { Bool: { [mfa]: "true" } }, { BoolIfExists: { [mfa]: "true" } }, true],
    ["IfExists without it", { BoolIfExists: { [mfa]: "true" } }, { Bool: { [mfa]: "true" } }, false],
    [
      "keys in other letters",
      { Bool: { "AWS:multifactorauthPRESENT": "True" } },
      { Bool: { [mfa]: "true" } },
      true,
    ],
    ["a Bool that says the key is there", { Bool: { [mfa]: "true" } }, { Null: { [mfa]: "false" } }, true],
    ["Null that says nothing of its value", { Null: { [mfa]: "false" } }, { Bool: { [mfa]: "true" } }, false],
    [
      "a younger age",
      { NumericLessThanEquals: { [age]: "900" } },
      { NumericLessThan: { [age]: "3600" } },
      true,
    ],
    [
      "the same age, but not the same order",
      { NumericLessThanEquals: { [age]: "3600" } },
      { NumericLessThan: { [age]: "3600" } },
      false,
    ],
    [
      "a narrower network",
      { IpAddress: { [ip]: "203.0.113.7" } },
      { IpAddress: { [ip]: ["203.0.113.0/24"] } },
      true,
    ],
    [
      "a wider network",
      { IpAddress: { [ip]: "203.0.0.0/16" } },
      { IpAddress: { [ip]: "203.0.113.0/24" } },
      false,
    ],
    [
      "more networks that are spared",
      { NotIpAddress: { [ip]: "203.0.113.0/24" } },
      { NotIpAddress: { [ip]: ["203.0.113.0/24", "198.51.100.0/24"] } },
      false,
    ],
    [
      "fewer networks that are spared",
      { NotIpAddress: { [ip]: ["203.0.113.0/24", "198.51.100.0/24"] } },
      { NotIpAddress: { [ip]: "203.0.113.0/24" } },
      true,
    ],
    [
      "an exact value within a pattern",
      { StringEquals: { "x:sub": "repo:o/r:ref" } },
      { StringLike: { "x:sub": "repo:o/*" } },
      true,
    ],
    ["a star that is a character", { StringEquals: { k: "*" } }, { StringLike: { k: "a*" } }, false],
    [
      "ForAllValues of a claim",
      { "ForAllValues:StringEquals": { "x:sub": "a" } },
      { StringEquals: { "x:sub": "a" } },
      false,
    ],
    ["an operator that nobody knows", { Strange: { k: "a" } }, { StringEquals: { k: "a" } }, false],
    [
      "a condition more",
      { Bool: { [mfa]: "true" }, IpAddress: { [ip]: "203.0.113.0/24" } },
      { Bool: { [mfa]: "true" } },
      true,
    ],
  ])("%s: %j makes %j hold: %s", (_name, given, wanted, expected) => {
    expect(impliesAll(clausesOf(given), clausesOf(wanted))).toBe(expected);
  });
});
