import { lostQuarantine } from "../../src/iam/lost-quarantine";
import { environmentFromPlan } from "../../src/review/environment-from-plan";
import { quarantinesTakenAway } from "../../src/review/quarantine-in-plan";
import { reviewEnvironment } from "../../src/review/review";
import { type Change, plan } from "./builders";

const ARN = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
const OTHER = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const LIST = "aws_iam_user_policy_attachments_exclusive";
const ONE = "aws_iam_user_policy_attachment";
const list = (...policy_arns: readonly string[]) => ({ user_name: "work", policy_arns });
const one = (policy_arn: string) => ({ user: "work", policy_arn });

test.each([
  ["an exclusive list that loses it", LIST, list(ARN), list()],
  ["an exclusive list that gets another", LIST, list(OTHER, ARN), list(OTHER)],
  ["an exclusive list whose list is not known", LIST, list(ARN), { user_name: "work" }],
  ["an attachment that goes", ONE, one(ARN), undefined],
  ["an attachment that becomes another", ONE, one(ARN), one(OTHER)],
  ["the first of its versions", LIST, list("arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine"), list()],
  ["in China", LIST, list("arn:aws-cn:iam::aws:policy/AWSCompromisedKeyQuarantineV2"), list()],
])("takes it away: %s", (_what, type, before, after) => {
  expect(lostQuarantine(type, before, after)).toMatchObject({ userName: "work" });
});

test.each([
  ["an exclusive list that keeps it", LIST, list(ARN), list(ARN)],
  ["an exclusive list that loses another", LIST, list(ARN, OTHER), list(ARN)],
  ["an exclusive list that is no longer there", LIST, list(ARN), undefined],
  ["a list that gets it", LIST, list(), list(ARN)],
  ["a new list", LIST, undefined, list()],
  [
    "a policy of the account with such a name",
    LIST,
    list("arn:aws:iam::111122223333:policy/AWSCompromisedKeyQuarantineV3"),
    list(),
  ],
  ["a group's list", "aws_iam_group_policy_attachments_exclusive", list(ARN), list()],
])("leaves it: %s", (_what, type, before, after) => {
  expect(lostQuarantine(type, before, after)).toBeUndefined();
});

test.each([
  ["no plan", null],
  ["nothing that changes", {}],
  [
    "an attachment that is only forgotten",
    { resource_changes: [{ type: ONE, change: { actions: ["forget"], before: one(ARN), after: null } }] },
  ],
])("a plan leaves it: %s", (_what, plan) => {
  expect(quarantinesTakenAway(plan)).toEqual([]);
});

function told(changes: readonly Change[]): readonly string[] {
  const { findings } = reviewEnvironment(environmentFromPlan(plan(changes), { file: "plan.json" }));
  return findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`);
}

test("the review of a plan says so, critical", () => {
  const change = { type: LIST, name: "work", before: list(ARN), after: list() };
  expect(told([change])).toContain(`critical quarantine-removed ${LIST}.work`);
  expect(told([{ ...change, before: list(OTHER) }]).join()).not.toContain("quarantine");
});
