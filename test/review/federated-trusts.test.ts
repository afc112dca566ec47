import { environmentFromPlan } from "../../src/review/environment-from-plan";
import { reviewEnvironment } from "../../src/review/review";
import { trustChanges } from "../fixtures/federation/trusts";
import { plan } from "./builders";

const ACCOUNT = "111122223333";
const roleWith = (statements: readonly unknown[]) => ({
  name: "people-k7q2m9xd",
  path: "/baseline/",
  arn: `arn:aws:iam::${ACCOUNT}:role/baseline/people-k7q2m9xd`,
  max_session_duration: 3600,
  assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  tags: {},
});

function told(before: readonly unknown[], after: readonly unknown[]): readonly string[] {
  const { findings } = reviewEnvironment(
    environmentFromPlan(
      plan([{ type: "aws_iam_role", name: "people", before: roleWith(before), after: roleWith(after) }]),
      { file: "plan.json" },
    ),
  );
  return findings.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`);
}

const changes = trustChanges(ACCOUNT);

describe("the trust of a role that people or jobs assume by federation", () => {
  test.each(changes.filter(({ gains }) => gains !== undefined))(
    "$what: one finding of who comes in",
    ({ before, after, gains }) => {
      // what a service may put into its sessions is told beside whom it acts for
      const findings = told(before, after).filter((one) => !one.includes(" trust-action-gained: "));
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatch(
        new RegExp(`^${gains} (?:trust-condition-lost|role-gained): .*people-k7q2m9xd`),
      );
    },
  );

  test.each(changes.filter(({ gains }) => gains === undefined))("$what: no finding", ({ before, after }) => {
    expect(told(before, after)).toEqual([]);
  });

  test.each(changes)("$what: the way back gains nobody more than there was", ({ before, after, gains }) => {
    if (gains !== undefined) expect(told(after, before)).toEqual([]);
    expect(told(before, before)).toEqual([]);
  });
});
