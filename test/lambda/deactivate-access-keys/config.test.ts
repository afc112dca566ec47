import { isHeartbeat, readSettings } from "../../../lambda/deactivate-access-keys/config";
import { RULES_IN_EVENT } from "../../../src/credentials/pack-key-rules";
import { NIGHTLY } from "../../support/nightly-rules";

const VALID = {
  ENVIRONMENT: "personal",
  KEY_RULES: JSON.stringify(NIGHTLY),
  DRY_RUN: "false",
  TOPIC_ARN: "arn:aws:sns:ap-northeast-1:111122223333:hygiene",
};

function complaint(changed: Record<string, string | undefined>, event: unknown = {}): string {
  try {
    readSettings({ ...VALID, ...changed }, event);
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "accepted";
}

describe("the settings of the deactivation function", () => {
  test("are read from the environment", () => {
    expect(readSettings(VALID, {})).toEqual({
      environment: "personal",
      topicArn: VALID.TOPIC_ARN,
      dryRun: false,
      heartbeat: "monday",
      rules: NIGHTLY,
    });
  });

  test("take rules that are too large for a variable from the event", () => {
    expect(readSettings({ ...VALID, KEY_RULES: RULES_IN_EVENT }, { keyRules: NIGHTLY }).rules).toEqual(
      NIGHTLY,
    );
  });

  test("never take rules from an event where the variable has some", () => {
    const others = { ...NIGHTLY, managedPaths: ["/elsewhere/"] };
    expect(readSettings(VALID, { keyRules: others }).rules).toEqual(NIGHTLY);
  });

  test.each(["", "TRUE", "False", "yes", "0", " true"])("refuses DRY_RUN=%j", (value) => {
    expect(complaint({ DRY_RUN: value })).toContain(
      `DRY_RUN: expected "true" or "false", got ${JSON.stringify(value)}`,
    );
  });

  test.each([
    ["DRY_RUN", undefined],
    ["ENVIRONMENT", undefined],
    ["ENVIRONMENT", ""],
    ["ENVIRONMENT", "two words"],
    ["TOPIC_ARN", undefined],
    ["TOPIC_ARN", ""],
    ["TOPIC_ARN", "arn:aws:sqs:ap-northeast-1:111122223333:hygiene"],
    ["TOPIC_ARN", "arn:aws:sns:ap-northeast-1:1111:hygiene"],
    ["HEARTBEAT_WEEKDAY", ""],
    ["HEARTBEAT_WEEKDAY", "Monday"],
    ["KEY_RULES", undefined],
    ["KEY_RULES", ""],
    ["KEY_RULES", "{"],
    ["KEY_RULES", JSON.stringify({ ...NIGHTLY, managedPaths: [] })],
    ["KEY_RULES", JSON.stringify({ ...NIGHTLY, managedPaths: [""] })],
    ["KEY_RULES", JSON.stringify({ ...NIGHTLY, managedPaths: ["/"] })],
    ["KEY_RULES", JSON.stringify({ ...NIGHTLY, rules: [] })],
    ["KEY_RULES", JSON.stringify({ ...NIGHTLY, unknown: true })],
  ])("refuses %s=%j and names it", (name, value) => {
    expect(complaint({ [name]: value })).toContain(
      `InvalidSettingsError: the function did not start, nothing was changed: ${name}`,
    );
  });

  test("refuses all wrong settings at once", () => {
    const message = complaint({ DRY_RUN: "", TOPIC_ARN: "x", ENVIRONMENT: "", KEY_RULES: "" });
    for (const name of ["DRY_RUN", "TOPIC_ARN", "ENVIRONMENT", "KEY_RULES"]) expect(message).toContain(name);
  });

  test("refuses an event without rules where they should come with it", () => {
    expect(complaint({ KEY_RULES: RULES_IN_EVENT })).toContain("event.keyRules");
  });
});

describe("the heartbeat", () => {
  test.each([
    ["monday", "2026-11-23T15:00:00Z", true],
    ["monday", "2026-11-24T15:00:00Z", false],
    ["tuesday", "2026-11-24T00:00:00Z", true],
    ["never", "2026-11-23T15:00:00Z", false],
  ] as const)("on %s, at %s: %s", (day, startedAt, expected) => {
    expect(isHeartbeat(day, new Date(startedAt))).toBe(expected);
  });
});
