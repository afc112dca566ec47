import { MAX_PATTERN_CHARACTERS, patternFaults } from "../../../src/detection/pattern/faults";
import { deadParts } from "../../../src/detection/pattern/never-matches";
import type { EventPattern } from "../../../src/detection/pattern/pattern";

describe("a pattern that EventBridge does not take", () => {
  test.each([
    ["nothing", {}, "at least one field"],
    ["a bare value", { source: "aws.iam" }, "expected an object"],
    ["an empty list", { source: [] }, "empty list"],
    ["an unknown operator", { a: [{ begins: "x" }] }, "an operator of EventBridge's"],
    ["two operators in one", { a: [{ prefix: "x", suffix: "y" }] }, "one operator"],
    ["two stars in a row", { a: [{ wildcard: "a**" }] }, "two stars"],
    ["a lone backslash", { a: [{ wildcard: "a\\b" }] }, "backslash"],
    ["no network", { a: [{ cidr: "10.0.0.0" }] }, "a network"],
    ["a number as text", { a: [{ numeric: ["=", "5"] }] }, "comparisons"],
    ["a number too large", { a: [{ numeric: ["<", 5_000_000_001] }] }, "five billion"],
    ["a range from above", { a: [{ numeric: ["<", 5, ">", 0] }] }, "comparisons"],
    ["a sign that is none", { a: [{ numeric: ["!=", 5] }] }, "comparisons"],
    ["texts and numbers in one", { a: [{ "anything-but": ["x", 1] }] }, "one kind"],
    ["anything but nothing", { a: [{ "anything-but": [] }] }, "one kind"],
    ["anything but null", { a: [{ "anything-but": null }] }, "expected"],
    ["anything but a network", { a: [{ "anything-but": { cidr: "10.0.0.0/8" } }] }, "expected"],
    ["exists without true or false", { a: [{ exists: "true" }] }, "true or false"],
    ["one alternative alone", { $or: [{ a: ["x"] }] }, "at least two"],
    ["alternatives that are values", { $or: ["x", "y"] }, "an object"],
    ["a field beside $or and in it", { a: ["x"], $or: [{ a: ["y"] }, { b: ["z"] }] }, "not beside $or"],
    ["too many characters", { a: ["x".repeat(MAX_PATTERN_CHARACTERS)] }, "characters"],
    [
      "too many combinations",
      Object.fromEntries(
        ["a", "b", "c", "d"].map((name) => [
          name,
          { $or: Array.from({ length: 6 }, (_, index) => ({ [`f${index}`]: ["x"] })) },
        ]),
      ),
      "combinations",
    ],
  ])("%s", (_what, pattern, message) => {
    const faults = patternFaults(pattern);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join("\n")).toContain(message);
  });
});

const call = (detail: EventPattern, more: EventPattern = {}): EventPattern => ({
  source: ["aws.iam"],
  "detail-type": ["AWS API Call via CloudTrail"],
  detail: { eventSource: ["iam.amazonaws.com"], ...detail },
  ...more,
});

describe("a pattern that no event can match", () => {
  const listening = { region: "us-east-1", globalRegion: "us-east-1", reads: false };

  test.each<readonly [string, EventPattern, string]>([
    ["an empty range", { source: ["own"], a: [{ numeric: [">", 5, "<", 3] }] }, "no value of a"],
    ["a range of one open point", { source: ["own"], a: [{ numeric: [">", 5, "<=", 5] }] }, "no value of a"],
    [
      "a field that is there and is not",
      { source: ["own"], $or: [{ a: { b: [{ exists: false }] } }, { c: ["x"] }], a: { b: ["x"] } },
      "no value of a.b",
    ],
    [
      "service IAM for a leaked key",
      {
        source: ["aws.health"],
        "detail-type": ["AWS Health Event"],
        detail: { service: ["IAM"], eventTypeCode: [{ prefix: "AWS_RISK_" }] },
      },
      "AWS_IAM_",
    ],
    [
      "a Health code of another service",
      { source: ["aws.health"], detail: { service: ["RISK"], eventTypeCode: ["AWS_IAM_X"] } },
      "AWS_RISK_",
    ],
    [
      "a detail-type that the source does not send",
      { source: ["aws.iam"], "detail-type": ["AWS Console Sign In via CloudTrail"] },
      "sends no event",
    ],
    [
      "the detail-type as the guide misprints it",
      { source: ["aws.signin"], "detail-type": ["AWS Console Signin via CloudTrail"] },
      "sends no event",
    ],
    ["another service's eventSource", call({ eventSource: ["sts.amazonaws.com"] }), "iam.amazonaws.com"],
    ["a call that does not exist", call({ eventName: ["CreateAcessKey"] }), "no call CreateAcessKey"],
    ["a call in another spelling", call({ eventName: ["createAccessKey"] }), "no call"],
    [
      "one such call among others",
      call({ eventName: ["CreateAccessKey", "MakeUser"] }),
      '"MakeUser" in detail.eventName',
    ],
    ["a call that reads", call({ eventName: ["GetUser"] }), "only reads"],
    [
      "a type of caller that does not exist",
      call({ userIdentity: { type: ["IamUser"] } }),
      "userIdentity.type",
    ],
    ["a source that is not known", { source: ["aws.example"] }, "not known here"],
  ])("%s", (_what, pattern, message) => {
    expect(deadParts(pattern, listening).join("\n")).toContain(message);
  });

  test("IAM elsewhere than in the control plane's region", () => {
    const home = { ...listening, region: "eu-central-1" };
    expect(deadParts(call({ eventName: ["CreateUser"] }), home)[0]).toContain("delivered in us-east-1 alone");
    expect(deadParts(call({ eventName: ["CreateUser"] }), listening)).toEqual([]);
  });

  test.each<readonly [string, EventPattern, boolean]>([
    ["reads, where the rule is sent them", call({ eventName: ["GetUser"] }), true],
    [
      "the reads that count as changes",
      { source: ["aws.sts"], detail: { eventName: ["GetFederationToken", "GetSessionToken"] } },
      false,
    ],
    ["a source of somebody's own", { source: ["own"], detail: { anything: ["x"] } }, false],
    ["a field that is not there", call({ errorCode: [{ exists: false }] }), false],
    ["a range of one closed point", { source: ["own"], a: [{ numeric: [">=", 5, "<=", 5] }] }, false],
    [
      "a call of Lambda's with its version",
      { source: ["aws.lambda"], detail: { eventName: ["UpdateFunctionCode20150331v2"] } },
      false,
    ],
  ])("but not %s", (_what, pattern, reads) => {
    expect(deadParts(pattern, { ...listening, reads })).toEqual([]);
  });
});
