import { environmentFromPlan } from "../../src/review/environment-from-plan";
import { formatReviewJson } from "../../src/review/format/json";
import { formatReviewMarkdown, REVIEW_MARKER } from "../../src/review/format/markdown";
import { formatReviewTerminal } from "../../src/review/format/terminal";
import { reviewEnvironments } from "../../src/review/review";
import { type ReviewReport, reviewReport } from "../../src/review/review-report";
import { type Change, plan, policy, widened } from "./builders";

const NOW = new Date("2026-11-23T00:00:00Z");

function reportOf(plans: Readonly<Record<string, readonly Change[]>>): ReviewReport {
  const reviewed = Object.entries(plans).map(([environment, changes]) =>
    environmentFromPlan(plan(changes), {
      file: `${environment}.json`,
      environment,
      accountId: "111122223333",
    }),
  );
  return reviewReport({
    reviewed,
    reviews: reviewEnvironments(reviewed),
    acceptances: new Map(),
    now: NOW,
  });
}

const HOSTILE =
  "x```\n</details><img src=x onerror=alert(1)> @everyone [a](http://e) \u001b[31m\u202e| **b**";

describe("names of others", () => {
  const report = reportOf({ personal: [widened(HOSTILE)] });

  test("neither mention, nor mark up, nor break out of a fence in Markdown", () => {
    const text = formatReviewMarkdown(report);
    expect(text).toContain("@\u2060everyone");
    expect(text).not.toMatch(/@everyone|<img|\p{Cc}(?<!\n)|\u202e/u);
    const outside = text.replace(/^(`{3,})diff\n[\s\S]*?\n\1$/gm, "");
    expect(outside.match(/<\/details>/g)).toHaveLength(outside.match(/<details>/g)?.length ?? -1);
    expect(outside).not.toContain("**b**");
  });

  test("do not steer a terminal", () => {
    expect(formatReviewTerminal(report)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  test("are escaped in JSON", () => {
    expect(formatReviewJson(report)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });
});

describe("one comment", () => {
  test("begins with its marker and the verdict", () => {
    const [marker, , , verdict] = formatReviewMarkdown(reportOf({ personal: [widened("p")] })).split("\n");
    expect([marker, verdict]).toEqual([
      REVIEW_MARKER,
      "**Do not merge without a reason: 1 finding, 1 critical.**",
    ]);
  });

  test("is shorter than GitHub's limit however much there is, keeps the verdict and says what it left out", () => {
    const changes = Array.from({ length: 800 }, (_, index) => ({
      ...widened(`policy-${index}`),
      name: `p${index}`,
    }));
    const text = formatReviewMarkdown(reportOf({ personal: changes }));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("800 findings");
    expect(text).toMatch(/\d+ more left out/);
    expect(text).toContain("sha256:");
  });

  test("cuts a policy of a megabyte", () => {
    const huge = policy("huge", [
      {
        Effect: "Allow",
        Action: "iam:*",
        Resource: Array.from(
          { length: 20_000 },
          (_, index) => `arn:aws:s3:::bucket-${index}-${"x".repeat(40)}/*`,
        ),
      },
    ]);
    const report = reportOf({
      personal: [
        {
          type: "aws_iam_policy",
          name: "p",
          before: policy("huge", [{ Effect: "Deny", Action: "a:b", Resource: "*" }]),
          after: huge,
        },
      ],
    });
    expect(report.findings.length).toBeGreaterThan(0);
    expect(formatReviewMarkdown(report).length).toBeLessThan(65_536);
    expect(formatReviewTerminal(report).length).toBeLessThan(100_000);
  });

  test("compares two policies of a megabyte in seconds", () => {
    const resources = (prefix: string) =>
      Array.from({ length: 15_000 }, (_, index) => `arn:aws:s3:::${prefix}-${index}-*-${"x".repeat(30)}/*`);
    const huge = (prefix: string) =>
      policy("huge", [{ Effect: "Allow", Action: "s3:*", Resource: resources(prefix) }]);
    const started = process.cpuUsage();
    const report = reportOf({
      personal: [{ type: "aws_iam_policy", name: "p", before: huge("old"), after: huge("new") }],
    });
    const { user } = process.cpuUsage(started);
    expect(report.findings.map(({ category }) => category)).toEqual(["access"]);
    expect(user / 1e6).toBeLessThan(10);
  });

  test("hides account ids and networks where it is asked to", () => {
    const change: Change = {
      type: "aws_iam_policy",
      name: "p",
      before: policy("p", [
        {
          Effect: "Allow",
          Action: "iam:*",
          Resource: "*",
          Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8:1::/48"] } },
        },
      ]),
      after: policy("p", [
        { Effect: "Allow", Action: "iam:*", Resource: "arn:aws:iam::111122223333:user/*" },
      ]),
    };
    for (const format of [formatReviewMarkdown, formatReviewTerminal, formatReviewJson]) {
      const shown = format(reportOf({ personal: [change] }));
      const hidden = format(reportOf({ personal: [change] }), { mask: true });
      expect(shown).toMatch(/111122223333/);
      expect(hidden).not.toMatch(/111122223333|203\.0\.113|2001:db8/);
    }
  });
});

describe("several environments", () => {
  test("with the same change are one row and one finding", () => {
    const { rows, findings } = reportOf({ dev: [widened("p")], prod: [widened("p")] });
    expect(rows.map(({ environments }) => environments)).toEqual([["dev", "prod"]]);
    expect(findings.map(({ environments }) => environments)).toEqual([["dev", "prod"]]);
  });

  test("with different changes are apart", () => {
    const { rows } = reportOf({ dev: [widened("p")], prod: [] });
    expect(rows.map(({ environments }) => environments)).toEqual([["dev"], ["prod"]]);
  });
});

describe("accepted exceptions", () => {
  const changes = { personal: [widened("p")] };
  const reviewed = Object.entries(changes).map(([environment, list]) =>
    environmentFromPlan(plan(list), { file: "p.json", environment }),
  );
  const acceptance = {
    finding: "administrator-gained",
    subject: "aws_iam_policy.p",
    reason: "it is a drill",
    expires: "2026-11-23",
  };
  const report = (now: Date, one = acceptance) =>
    reviewReport({
      reviewed,
      reviews: reviewEnvironments(reviewed),
      acceptances: new Map([["personal", [one]]]),
      now,
    });

  test("set a finding aside until their last day, and are listed", () => {
    const { findings, muted } = report(NOW);
    expect([findings, muted.map(({ reason }) => reason)]).toEqual([[], ["it is a drill"]]);
    expect(formatReviewMarkdown(report(NOW))).toContain("1 accepted");
  });

  test("count no more the day after", () => {
    const rules = report(new Date("2026-11-24T00:00:00Z")).findings.map(({ rule }) => rule);
    expect(rules).toEqual(["administrator-gained", "acceptance-expired"]);
  });

  test("of something else are no finding of a review", () => {
    const { findings } = report(NOW, { ...acceptance, subject: "aws_iam_policy.other" });
    expect(findings.map(({ rule }) => rule)).toEqual(["administrator-gained"]);
  });
});
