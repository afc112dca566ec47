import { contentDigest } from "../../src/review/digest";

describe("the digest of a plan", () => {
  test("is of its content, not of the order of keys or the time it was made", () => {
    const left = { timestamp: "2026-11-23T00:00:00Z", a: [1, { b: null, c: "x" }] };
    const right = { a: [1, { c: "x", b: null }], timestamp: "2026-11-24T00:00:00Z" };
    expect(contentDigest(left)).toBe(contentDigest(right));
    expect(contentDigest(left)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test.each([
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: ["1"] }, { a: [1] }],
    [{ a: { timestamp: 1 } }, { a: { timestamp: 2 } }],
    [{ a: ["x", "y"] }, { a: ["x,y"] }],
    [{ a: {} }, { a: [] }],
    [{ a: null }, {}],
  ])("tells %j and %j apart", (left, right) => {
    expect(contentDigest(left)).not.toBe(contentDigest(right));
  });
});
