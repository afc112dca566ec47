import { readFileSync } from "node:fs";
import { join } from "node:path";
import { environmentFromPlan } from "../../src/review/environment-from-plan";
import { type EnvironmentReview, reviewEnvironment } from "../../src/review/review";

const fixtures = join(__dirname, "../fixtures/terraform");

function reviewOf(file: string): EnvironmentReview {
  const plan: unknown = JSON.parse(readFileSync(join(fixtures, file), "utf8"));
  return reviewEnvironment(environmentFromPlan(plan, { file }));
}

const told = ({ findings }: EnvironmentReview) =>
  findings.map(({ severity, rule, subjects, address }) =>
    [severity, rule, subjects.join(", "), address].join(" | "),
  );
const notes = ({ notes: list }: EnvironmentReview) => list.map(({ message }) => message);

describe("recorded plans", () => {
  test.each(["no-change.plan.json", "hygiene-no-change.plan.json"])("%s tells nothing at all", (file) => {
    const review = reviewOf(file);
    expect([review.status, review.findings, review.notes, review.unknown]).toEqual(["unchanged", [], [], []]);
  });

  test.each(["no-drift.refresh-only.plan.json", "drift.refresh-only.plan.json"])(
    "%s changes nothing, and says that it only refreshes",
    (file) => {
      const review = reviewOf(file);
      expect([review.findings, review.notes]).toEqual([[], []]);
      expect(review.unknown).toEqual(["a plan of -refresh-only changes nothing but the state"]);
    },
  );

  test("a creation is told as creation, without losses and without alarm", () => {
    const review = reviewOf("create.plan.json");
    expect([review.status, review.findings]).toEqual(["new", []]);
    expect(review.notes.filter(({ rule }) => /lost|removed/.test(rule))).toEqual([]);
    expect(notes(review)).toEqual(
      expect.arrayContaining([
        "user work is new, in group developers",
        expect.stringMatching(/^user work gains admin: role admin-\* now trusts it, with MFA/),
        expect.stringMatching(/^user work, user home gain daily|^user home, user work gain daily/),
      ]),
    );
    expect(review.unknown).toEqual([
      "aws_iam_role.admin.name: known after apply: random_string.role-suffix.result",
      "aws_iam_role.daily.name: known after apply: random_string.role-suffix.result",
    ]);
  });

  test("the creation of the hygiene stack raises nothing", () => {
    const review = reviewOf("hygiene-create.plan.json");
    expect([review.status, review.findings]).toEqual(["new", []]);
  });

  test("a guard with Bool is weakened for both devices, and it says why", () => {
    const review = reviewOf("guard-weakened.plan.json");
    expect(told(review)).toEqual(["critical | guard-weakened | user home, user work | aws_iam_policy.guard"]);
    expect(review.findings[0]?.message).toMatch(/long-term access key sends no such key/);
    expect(review.findings[0]?.evidence).toEqual([
      "  Deny DenyMostActionsWithoutMfa",
      "- BoolIfExists aws:MultiFactorAuthPresent: false",
      "+ Bool aws:MultiFactorAuthPresent: false",
    ]);
  });

  test("a detached guard is told for each of its statements", () => {
    expect(told(reviewOf("guard-detached.plan.json"))).toEqual([
      "critical | guard-removed | user home, user work | aws_iam_policy.guard",
      "critical | guard-removed | user home, user work | aws_iam_policy.guard",
      "medium | deny-removed | user home, user work | aws_iam_policy.guard",
    ]);
  });

  test("a device that is added gains its role, and nothing else", () => {
    const review = reviewOf("device-added.plan.json");
    expect(told(review)).toEqual([
      "medium | role-gained | user tablet | aws_iam_role.daily",
      "low | access-gained | user tablet | aws_iam_policy.self-service",
      "low | identity-added | user tablet | aws_iam_user.device-tablet",
    ]);
    expect(review.notes).toEqual([]);
  });

  test("the repair of drift gives back self-service, and takes away what was attached by hand", () => {
    const review = reviewOf("drift.plan.json");
    expect(told(review)).toEqual(["low | access-gained | user home | aws_iam_policy.self-service"]);
    expect(notes(review)).toEqual(
      expect.arrayContaining([
        "user work loses everything on any resource, through policy AdministratorAccess",
        "user home loses policy sneaky, whose content is not known here",
        "user home joins group developers",
        expect.stringMatching(/everybody in the account who may assume roles loses role admin-/),
        expect.stringMatching(/role admin-\w+ gives sessions of 1 h instead of 12 h/),
        expect.stringMatching(/minimum_password_length 8 becomes 14/),
      ]),
    );
  });

  test("a schedule that is disabled", () => {
    expect(told(reviewOf("hygiene-schedule-disabled.plan.json"))).toEqual([
      "high | safeguard-weakened |  | aws_scheduler_schedule.schedule",
    ]);
  });

  test("a function that may no longer deactivate the keys of CI users", () => {
    const review = reviewOf("hygiene-permission-dropped.plan.json");
    expect(told(review)).toEqual([
      "high | hygiene-permission-lost | role deactivate-access-keys | aws_iam_role_policy.function-policy",
    ]);
    expect(review.findings[0]?.message).toMatch(
      /iam:UpdateAccessKey on arn:aws:iam::123456789012:user\/baseline\/ci\/\*/,
    );
  });
});
