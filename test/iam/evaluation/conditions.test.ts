import { OPERATOR_NAMES } from "../../../src/iam/evaluation/condition-operators";
import { compileConditions } from "../../../src/iam/evaluation/conditions";
import type { ContextEntry } from "../../../src/iam/evaluation/context-entry";
import { every, type Ternary } from "../../../src/iam/evaluation/ternary";
import { UNKNOWN_PART } from "../../../src/iam/graph";
import type { ConditionBlock } from "../../../src/iam/policy-document";

type Context = Readonly<Record<string, string | readonly string[]>>;

/** Whether a condition block holds for a request that carries these keys and certainly no others. */
function holds(
  block: ConditionBlock,
  context: Context,
  entries: Readonly<Record<string, ContextEntry>> = {},
): Ternary {
  const present = new Map<string, ContextEntry>(
    Object.entries(context).map(([key, value]) => [
      key.toLowerCase(),
      { state: "present", values: typeof value === "string" ? [value] : value },
    ]),
  );
  for (const [key, entry] of Object.entries(entries)) present.set(key.toLowerCase(), entry);
  const lookup = (key: string): ContextEntry => present.get(key) ?? { state: "absent" };
  return every(compileConditions(block, true), (condition) => condition.holds({ lookup, note: () => {} }));
}

const KEY = "aws:key";
const ARN = "arn:aws:iam::111122223333:user/baseline/device/laptop";

/** Operator, policy value, a value of the request that matches it, one that does not. */
const table: readonly (readonly [operator: string, value: string, match: string, other: string])[] = [
  ["StringEquals", "a*", "a*", "ab"],
  ["StringNotEquals", "a", "A", "a"],
  ["StringEqualsIgnoreCase", "Team", "tEAM", "teams"],
  ["StringNotEqualsIgnoreCase", "Team", "teams", "TEAM"],
  ["StringLike", "home/?*", "home/x", "home/"],
  ["StringNotLike", "home/*", "Home/x", "home/x"],
  ["NumericEquals", "10", "10.0", "11"],
  ["NumericNotEquals", "10", "11", "10"],
  ["NumericLessThan", "10", "9.5", "10"],
  ["NumericLessThanEquals", "3600", "3600", "3601"],
  ["NumericGreaterThan", "10", "11", "10"],
  ["NumericGreaterThanEquals", "10", "10", "9"],
  ["DateEquals", "2026-11-23T00:00:00Z", "2026-11-23T09:00:00+09:00", "2026-11-23T00:00:01Z"],
  ["DateNotEquals", "2026-11-23", "2026-11-24", "2026-11-23T00:00:00Z"],
  ["DateLessThan", "2026-11-23T00:00:00Z", "2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z"],
  ["DateLessThanEquals", "2026-11-23T00:00:00Z", "1795392000", "2026-11-23T00:00:01Z"],
  ["DateGreaterThan", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00.5Z", "2026-11-23T00:00:00Z"],
  ["DateGreaterThanEquals", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z", "2026-11-22"],
  ["Bool", "true", "TRUE", "false"],
  ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", "QmluYXJ6"],
  ["IpAddress", "203.0.113.0/24", "203.0.113.7", "203.0.114.7"],
  ["NotIpAddress", "2001:db8:1::/48", "2001:db8:2::1", "2001:db8:1::1"],
  ["ArnEquals", "arn:aws:iam::*:user/*", ARN, "arn:aws:iam::111122223333:role/daily"],
  ["ArnLike", "arn:aws:iam::111122223333:user/*", ARN, "arn:aws:iam::444455556666:user/laptop"],
  ["ArnNotEquals", "arn:aws:iam::*:role/*", ARN, "arn:aws:iam::111122223333:role/daily"],
  ["ArnNotLike", "arn:aws:iam::*:role/*", ARN, "arn:aws:iam::111122223333:role/daily"],
];

const isNegated = (operator: string): boolean => operator.includes("Not");

test("every operator of IAM but Null is in the table", () => {
  expect([...table.map(([operator]) => operator), "Null"].sort()).toEqual([...OPERATOR_NAMES].sort());
});

describe.each(table)("%s %s", (operator, value, match, other) => {
  test("holds for a value that fits", () => {
    expect(holds({ [operator]: { [KEY]: value } }, { [KEY]: match })).toBe(true);
  });
  test("does not hold for a value that does not fit", () => {
    expect(holds({ [operator]: { [KEY]: value } }, { [KEY]: other })).toBe(false);
  });
  test("holds without the key only when negated", () => {
    expect(holds({ [operator]: { [KEY]: value } }, {})).toBe(isNegated(operator));
  });
  test("treats a key without values as absent", () => {
    expect(holds({ [operator]: { [KEY]: value } }, { [KEY]: [] })).toBe(isNegated(operator));
  });
  test("IfExists holds without the key", () => {
    expect(holds({ [`${operator}IfExists`]: { [KEY]: value } }, {})).toBe(true);
  });
  test("IfExists changes nothing for a key that is there", () => {
    expect(holds({ [`${operator}IfExists`]: { [KEY]: value } }, { [KEY]: match })).toBe(true);
    expect(holds({ [`${operator}IfExists`]: { [KEY]: value } }, { [KEY]: other })).toBe(false);
  });
  test("ForAllValues wants every value, ForAnyValue one", () => {
    const all = { [`ForAllValues:${operator}`]: { [KEY]: value } };
    const any = { [`ForAnyValue:${operator}`]: { [KEY]: value } };
    expect([holds(all, { [KEY]: [match, match] }), holds(all, { [KEY]: [match, other] })]).toEqual([
      true,
      false,
    ]);
    expect([holds(any, { [KEY]: [other, match] }), holds(any, { [KEY]: [other, other] })]).toEqual([
      true,
      false,
    ]);
  });
  test("ForAllValues holds for an empty set and ForAnyValue does not, with IfExists or without", () => {
    for (const suffix of ["", "IfExists"]) {
      expect(holds({ [`ForAllValues:${operator}${suffix}`]: { [KEY]: value } }, {})).toBe(true);
      expect(holds({ [`ForAnyValue:${operator}${suffix}`]: { [KEY]: value } }, { [KEY]: [] })).toBe(false);
    }
  });
  test("does not guess a value that is not part of the question, nor whether the key is there", () => {
    const block = { [operator]: { [KEY]: value } };
    expect(holds(block, {}, { [KEY]: { state: "unvalued", reason: "not asked" } })).toBe("unknown");
    expect(holds(block, {}, { [KEY]: { state: "unknown", reason: "not asked" } })).toBe("unknown");
  });
});

test.each([
  ["true", {}, true],
  ["true", { [KEY]: "x" }, false],
  ["false", {}, false],
  ["false", { [KEY]: "x" }, true],
  ["false", { [KEY]: [] }, false],
])("Null %s on %j: %s", (value, context: Context, expected) => {
  expect(holds({ Null: { [KEY]: value } }, context)).toBe(expected);
});

test("Null knows that a key is there even when its value is not known", () => {
  expect(holds({ Null: { [KEY]: "false" } }, {}, { [KEY]: { state: "unvalued", reason: "" } })).toBe(true);
});

describe("several of them", () => {
  test("values are alternatives", () => {
    expect(holds({ StringEquals: { [KEY]: ["a", "b"] } }, { [KEY]: "b" })).toBe(true);
  });
  test("of the values of a negated operator none may match", () => {
    expect(holds({ StringNotEquals: { [KEY]: ["a", "b"] } }, { [KEY]: "b" })).toBe(false);
    expect(holds({ StringNotEquals: { [KEY]: ["a", "b"] } }, { [KEY]: "c" })).toBe(true);
  });
  test("keys must all hold", () => {
    const block = { Bool: { "aws:a": "true", "aws:b": "true" } };
    expect(holds(block, { "aws:a": "true", "aws:b": "true" })).toBe(true);
    expect(holds(block, { "aws:a": "true", "aws:b": "false" })).toBe(false);
  });
  test("operators must all hold", () => {
    const block = { Bool: { "aws:a": "true" }, StringEquals: { "aws:b": "x" } };
    expect(holds(block, { "aws:a": "true", "aws:b": "y" })).toBe(false);
  });
  test("one that certainly fails decides, whatever is not known beside it", () => {
    const block = { Bool: { "aws:a": "true" }, StringEquals: { "aws:b": "x" } };
    expect(holds(block, { "aws:b": "y" }, { "aws:a": { state: "unknown", reason: "" } })).toBe(false);
  });
});

test("the names of keys are compared without regard to case", () => {
  expect(
    holds({ Bool: { "AWS:multifactorauthPRESENT": "true" } }, { "aws:MultiFactorAuthPresent": "true" }),
  ).toBe(true);
});

test("refuses to compare several values of the request without a set operator", () => {
  expect(holds({ StringEquals: { [KEY]: "a" } }, { [KEY]: ["a", "b"] })).toBe("unknown");
});

test.each(["StringEqual", "Bogus", "NullIfExists", "ForSomeValues:StringEquals"])(
  "refuses to guess what %s means",
  (operator) => {
    expect(holds({ [operator]: { [KEY]: "a" } }, { [KEY]: "a" })).toBe("unknown");
  },
);

test.each([
  ["NumericLessThan", "ten", "9"],
  ["NumericLessThan", "10", "nine"],
  ["IpAddress", "203.0.113.0/99", "203.0.113.7"],
  ["IpAddress", "203.0.113.0/24", "home"],
  ["DateLessThan", "2026-02-30", "2026-01-01"],
  ["Bool", "yes", "true"],
  ["BinaryEquals", "not base 64", "QQ=="],
])("refuses to guess what %s %s says of %s", (operator, value, text) => {
  expect(holds({ [operator]: { [KEY]: value } }, { [KEY]: text })).toBe("unknown");
});

describe("ARN operators compare segment by segment", () => {
  const across = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
  test("a star within the first five segments stays in its segment", () => {
    expect(
      holds({ ArnLike: { [KEY]: "arn:aws:someservice:*:111122223333:finance/*" } }, { [KEY]: across }),
    ).toBe(false);
  });
  test("StringLike knows no segments", () => {
    expect(
      holds({ StringLike: { [KEY]: "arn:aws:someservice:*:111122223333:finance/*" } }, { [KEY]: across }),
    ).toBe(true);
  });
  test("in the last segment a star takes colons too", () => {
    expect(holds({ ArnLike: { [KEY]: "arn:aws:someservice:*:*:store/*" } }, { [KEY]: across })).toBe(true);
  });
});

describe("policy variables", () => {
  const context = { "aws:username": "laptop", "aws:star": "*" };
  test.each([
    ["StringEquals", "home/${aws:username}", "home/laptop", true],
    ["StringEquals", "home/${AWS:UserName}", "home/laptop", true],
    ["StringEquals", "home/${ aws:username }", "home/laptop", true],
    ["StringLike", "home/${aws:username}/*", "home/laptop/x", true],
    ["StringLike", "home/${aws:username}/*", "home/other/x", false],
    ["StringLike", "${aws:star}", "anything", false],
    ["StringLike", "${aws:star}", "*", true],
    ["StringLike", "a${*}b${?}c${$}", "a*b?c$", true],
    ["StringLike", "a${*}b", "axb", false],
    ["StringEquals", "${aws:absent, 'everyone'}", "everyone", true],
    ["StringEquals", "${aws:username, 'everyone'}", "laptop", true],
    ["StringEquals", "${aws:absent}", "", false],
    ["StringNotEquals", "${aws:absent}", "x", true],
    ["StringEqualsIgnoreCase", "HOME/${aws:username}", "home/LAPTOP", true],
  ])("%s %s on %s: %s", (operator, value, text, expected) => {
    expect(holds({ [operator]: { [KEY]: value } }, { ...context, [KEY]: text })).toBe(expected);
  });
  test("one whose value is not known may be what matches", () => {
    const unvalued = { "aws:userid": { state: "unvalued", reason: "given by IAM" } } as const;
    expect(holds({ StringLike: { [KEY]: "home/${aws:userid}/*" } }, { [KEY]: "home/AIDA/x" }, unvalued)).toBe(
      "unknown",
    );
    expect(holds({ StringLike: { [KEY]: "home/${aws:userid}/*" } }, { [KEY]: "work/AIDA/x" }, unvalued)).toBe(
      false,
    );
  });
  test("one with several values is not replaced", () => {
    expect(holds({ StringEquals: { [KEY]: "${aws:many}" } }, { [KEY]: "a", "aws:many": ["a", "b"] })).toBe(
      "unknown",
    );
  });
  test("before version 2012-10-17 they are plain text", () => {
    const [old] = compileConditions({ StringEquals: { [KEY]: "${aws:username}" } }, false);
    const lookup = (): ContextEntry => ({ state: "present", values: ["${aws:username}"] });
    expect(old?.holds({ lookup, note: () => {} })).toBe(true);
  });
});

test("a value that is known only after apply may match", () => {
  expect(holds({ StringEquals: { [KEY]: `vpc-${UNKNOWN_PART}` } }, { [KEY]: "vpc-1" })).toBe("unknown");
  expect(holds({ StringEquals: { [KEY]: `vpc-${UNKNOWN_PART}` } }, { [KEY]: "subnet-1" })).toBe(false);
  expect(holds({ IpAddress: { [KEY]: UNKNOWN_PART } }, { [KEY]: "203.0.113.7" })).toBe("unknown");
});
