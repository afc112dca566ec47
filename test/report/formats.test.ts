import { readFileSync } from "node:fs";
import { join } from "node:path";
import { maskPrivateIn } from "../../src/findings/mask";
import type { AccessReport } from "../../src/report/access-report";
import { accessReport } from "../../src/report/build-report";
import { formatAccessJson } from "../../src/report/format/json";
import { formatAccessMarkdown } from "../../src/report/format/markdown";
import { formatAccessMermaid } from "../../src/report/format/mermaid";
import { formatAccessSvg } from "../../src/report/format/svg";
import { formatAccessTable } from "../../src/report/format/table";
import { accessGraph, allow, group, policyOf, role, trust, user } from "../builders/access-graph";
import { shippedReport } from "./shipped";

const formats: readonly (readonly [string, (report: AccessReport) => string])[] = [
  ["table", (report) => formatAccessTable(report, { color: true })],
  ["json", formatAccessJson],
  ["markdown", formatAccessMarkdown],
  ["mermaid", formatAccessMermaid],
  ["svg", formatAccessSvg],
];

const only = (name: string): AccessReport => ({
  ...shippedReport,
  environments: shippedReport.environments.filter((environment) => environment.name === name),
});

describe("personal", () => {
  test("as a table", () => expect(formatAccessTable(only("personal"))).toMatchSnapshot());
  test("as Markdown", () => expect(formatAccessMarkdown(only("personal"))).toMatchSnapshot());
  test("as Mermaid", () => expect(formatAccessMermaid(only("personal"))).toMatchSnapshot());
});

test.each(shippedReport.environments.map(({ name }) => name))(
  "docs/diagrams/%s.svg is what scripts/render-diagrams.mjs draws today",
  (name) => {
    const committed = readFileSync(join(__dirname, `../../docs/diagrams/${name}.svg`), "utf8");
    expect(formatAccessSvg(only(name)) === committed).toBe(true);
  },
);

describe("a table", () => {
  test.each([80, 100, 118])("of %i columns has no longer line", (width) => {
    const lines = formatAccessTable(shippedReport, { width }).split("\n");
    const matrixWidth = 104;
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.max(width, matrixWidth));
  });

  test("without colour holds no escape sequence", () => {
    expect(formatAccessTable(shippedReport)).not.toContain("\u001b");
  });
});

describe("hostile names", () => {
  const hostile = '"]<script>alert(1)</script>`@everyone|\u001b[31m\u202e&--></svg>\nAKIAIOSFODNN7EXAMPLE';
  const members = group({
    name: hostile,
    policies: [policyOf(allow("s3:GetObject", `arn:aws:s3:::${hostile}/*`))],
  });
  const one = user({ name: hostile, groups: [members], tags: { owner: hostile } });
  const target = role({
    name: hostile,
    trust: trust({ Effect: "Allow", Principal: { AWS: one.arn }, Action: "sts:AssumeRole" }),
  });
  const graph = accessGraph({ users: [one], groups: [members], roles: [target] });
  const report = accessReport([{ environment: hostile, graph }]);

  test.each(formats)("%s: no control character and no key id of others gets through", (_name, format) => {
    const text = format(report);
    // the colours of the table are its own
    const own = ["0", "1", "2", "22", "31", "32", "33", "35", "39"];
    const left = own.reduce(
      (rest, code) => rest.replaceAll(`\u001b[${code}m`, ""),
      text.replaceAll("[31m\\u202e", ""),
    );
    for (const control of ["\u001b", "\u202e"]) expect(left).not.toContain(control);
    expect(text).not.toContain("AKIAIOSFODNN7EXAMPLE");
  });

  test("Markdown: neither HTML, nor a mention, nor a cell of its own", () => {
    const text = formatAccessMarkdown(report);
    expect(text).not.toMatch(/<(?!br>)/);
    expect(text).not.toContain("@everyone");
    const rows = text.split("\n").filter((line) => line.startsWith("| "));
    expect(rows.filter((row) => / \|$/.test(row))).toEqual(rows);
  });

  test("SVG: markup of its own only", () => {
    const text = formatAccessSvg(report);
    expect(text).not.toContain("<script");
    expect(text.match(/<\/svg>/g)).toHaveLength(1);
    expect(new Set([...text.matchAll(/<([a-z]+)/g)].map(([, name]) => name))).toEqual(
      new Set(["svg", "title", "desc", "defs", "marker", "path", "rect", "text"]),
    );
  });

  test("SVG: nothing is loaded from elsewhere", () => {
    expect(formatAccessSvg(report)).not.toMatch(/href|url\((?!#)|@import|<image|<style/);
  });

  test("Mermaid: every label is quoted and holds no character that ends it", () => {
    const labels = [...formatAccessMermaid(report).matchAll(/\["(.*?)"\]|\{\{"(.*?)"\}\}|\|"(.*?)"\|/g)];
    expect(labels.length).toBeGreaterThan(0);
    for (const [, ...parts] of labels) expect(parts.join("")).not.toMatch(/["<>`[\]{}|]/);
  });

  test("JSON: is still JSON, with the name in it", () => {
    const parsed = JSON.parse(formatAccessJson(report)) as AccessReport;
    expect(parsed.environments[0]?.name).toContain("<script>");
  });
});

describe("masked", () => {
  test.each(formats)("%s: no account id and no network", (_name, format) => {
    const text = format(maskPrivateIn(shippedReport));
    expect(text).not.toMatch(/(?<!\d)\d{12}(?!\d)/);
    expect(text).not.toMatch(/203\.0\.113|198\.51\.100|2001:db8/);
  });

  test("names and numbers stay", () => {
    const text = formatAccessTable(maskPrivateIn(only("personal")));
    expect(text).toContain("home  alice  developers");
    expect(text).toContain("MFA at most 1 h old, from allowed networks");
  });

  test.each([
    ["arn:aws:iam::111122223333:user/a", "arn:aws:iam::XXXXXXXXXXXX:user/a"],
    ["2001:db8:1::/48", "(network)"],
    ["2001:db8::1", "(network)"],
    ["203.0.113.9", "(network)"],
    ["vpc-0a1b2c3d4e5f60718", "(vpc)"],
    ["aws:SourceIp", "aws:SourceIp"],
    ["1.2.3", "1.2.3"],
  ])("%s becomes %s", (text, expected) => {
    expect(maskPrivateIn({ text })).toEqual({ text: expected });
  });
});

test("the same report gives the same bytes", () => {
  const [first] = only("team-dev").environments;
  expect(first && formatAccessSvg(only("team-dev"))).toBe(formatAccessSvg(structuredClone(only("team-dev"))));
});
