import { eventPattern, ruleState } from "../../src/review/rules/safeguards/detection-judges";
import type { Judgement } from "../../src/review/rules/safeguards/judgement";
import { JUDGES } from "../../src/review/rules/safeguards/safeguard-judges";

const names = {
  what: "event rule baseline-root-used",
  attribute: "",
  attributes: {},
  accounts: new Set<string>(),
};
const severity = (judgement: unknown) => {
  const { severity: found, isNote } = judgement as Judgement;
  return isNote === true ? "note" : found;
};
const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

test.each([
  ["ENABLED", "DISABLED", "high"],
  [ALL, "DISABLED", "high"],
  [undefined, "DISABLED", "high"],
  [ALL, "ENABLED", "medium"],
  ["ENABLED", ALL, "note"],
  ["DISABLED", "ENABLED", "note"],
])("a rule's state from %s to %s is %s", (before, after, expected) => {
  expect(severity(ruleState(before, after, names))).toBe(expected);
});

const iam = (eventName: readonly unknown[]) =>
  JSON.stringify({
    source: ["aws.iam"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventName },
  });

test.each([
  ["another call", iam(["CreateUser"]), "medium"],
  ["one call that does not exist among others", iam(["CreateUser", "CreateUsr"]), "medium"],
  ["a call that does not exist", iam(["CreateUsr"]), "high"],
  ["an empty range", '{"source":["own"],"a":[{"numeric":[">",5,"<",3]}]}', "high"],
  ["no pattern", undefined, "high"],
  ["something else than JSON", "{", "high"],
  ["an unknown operator", '{"a":[{"begins":"x"}]}', "high"],
])("a pattern that becomes %s", (_what, after, expected) => {
  expect(severity(eventPattern(iam(["CreateAccessKey"]), after, names))).toBe(expected);
});

test.each([
  ["aws_cloudtrail", "enable_logging", true, false, "high"],
  ["aws_cloudtrail", "is_multi_region_trail", true, undefined, "high"],
  ["aws_cloudtrail", "enable_log_file_validation", true, false, "medium"],
  ["aws_cloudtrail", "enable_log_file_validation", false, true, "note"],
  ["aws_guardduty_detector", "enable", true, false, "high"],
  ["aws_config_configuration_recorder_status", "is_enabled", true, false, "high"],
])("%s: %s from %s to %s is %s", (type, attribute, before, after, expected) => {
  expect(severity(JUDGES[type]?.[attribute]?.(before, after, { ...names, attribute }))).toBe(expected);
});
