import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { ACCEPTANCE_UNUSED } from "../../src/findings/acceptance";
import { exitCodeOf, type Finding, type FindingReport, sortFindings } from "../../src/findings/finding";
import { csvCell, formatCsv } from "../../src/findings/format/csv";
import { ruleSection } from "../../src/findings/format/declaration-section";
import { formatJson } from "../../src/findings/format/json";
import { formatMarkdown } from "../../src/findings/format/markdown";
import { markdownCode, markdownText } from "../../src/findings/format/markdown-text";
import { formatSarif } from "../../src/findings/format/sarif";
import { formatTable } from "../../src/findings/format/table";
import { SEVERITIES } from "../../src/findings/severity";

function finding(differences: Partial<Finding> = {}): Finding {
  return {
    rule: "key-too-old",
    severity: "medium",
    address: "user/work",
    message: "Access key 1 is active and 90 days old; the limit is 90 days.",
    remedy: "Rotate it.",
    reference: "CIS AWS Foundations v7.0.0, 2.12",
    ...differences,
  };
}

function report(differences: Partial<FindingReport> = {}): FindingReport {
  return {
    title: "Audit of prod",
    findings: [finding()],
    muted: [],
    notChecked: [],
    facts: [],
    ...differences,
  };
}

/** Text of the characters that mean something to a terminal, a spreadsheet, Markdown or HTML. */
const hostileText = fc.string({
  unit: fc.constantFrom(
    ..."abZ09 \t\r\n\u0000\u001b\u009b\u202e\u2028,;\"'`|\\\\=+-@<>&#*_[](){}!~é日\u{1f600}",
  ),
});

const muted = { finding: finding({ address: "user/home" }), reason: "on leave", expires: "2026-12-01" };
const full = report({
  muted: [muted],
  notChecked: [{ rule: "root-used", reason: "the report has no row for the root user" }],
  facts: [["Report made", "2026-11-23T00:00:00Z (1 h ago)"]],
});
const formats = {
  table: formatTable,
  json: formatJson,
  markdown: formatMarkdown,
  csv: formatCsv,
  sarif: (given: FindingReport, options: { showAccountIds?: boolean } = {}) =>
    formatSarif(given, { version: "1.0.0", ...options }),
};
const each = Object.entries(formats);

describe.each(each)("every format: %s", (_name, format) => {
  test("tells findings, what is muted and what was not checked", () => {
    const text = format(full);
    for (const part of ["key-too-old", "user/work", "user/home", "on leave", "root-used"])
      expect(text).toContain(part);
  });

  test("hides account ids unless asked", () => {
    const given = report({ findings: [finding({ message: "arn:aws:iam::111122223333:user/x" })] });
    expect(format(given)).not.toContain("111122223333");
    expect(format(given, { showAccountIds: true })).toContain("111122223333");
  });

  test("masks a key id that slipped into a message", () => {
    const text = format(report({ findings: [finding({ message: "key AKIAIOSFODNN7EXAMPLE" })] }), {
      showAccountIds: true,
    });
    expect(text).not.toContain("AKIAIOSFODNN7EXAMPLE");
  });

  test("writes controls out, so that no name steers the terminal", () => {
    const text = format(
      report({ title: "a\u001b[2Jb", findings: [finding({ address: "user/\u001b[31m\u009b\u202e\r" })] }),
    );
    for (const control of ["\u001b", "\u009b", "\u202e", "\r"]) expect(text).not.toContain(control);
    expect(text).toContain("u001b");
  });

  test("gives the same bytes for findings in another order", () => {
    const findings = [
      finding(),
      finding({ severity: "critical", rule: "root-without-mfa", address: "root" }),
    ];
    expect(format(report({ findings }))).toBe(format(report({ findings: [...findings].reverse() })));
  });

  test("takes a report without findings", () => {
    expect(format(report({ findings: [] }))).not.toBe("");
  });
});

describe("table", () => {
  test("ends with a summary", () => {
    expect(formatTable(full)).toMatch(/1 finding: 1 medium; 1 muted; 1 not checked\n$/);
  });

  test("never says clean without saying what was not checked", () => {
    expect(formatTable({ ...full, findings: [], muted: [] })).toContain("no findings; 1 not checked");
  });

  test("keeps within the width of the terminal", () => {
    const long = finding({ message: "x".repeat(400), address: `user/${"y".repeat(64)}` });
    for (const width of [80, 120, 200]) {
      const widest = Math.max(
        ...formatTable(report({ findings: [long] }), { width })
          .split("\n")
          .map((line) => line.length),
      );
      expect(widest).toBeLessThanOrEqual(width);
    }
  });

  test("is colourless unless asked", () => {
    expect(formatTable(full)).not.toContain("\u001b[");
    expect(formatTable(full, { color: true })).toContain("\u001b[");
  });
});

test("json is an object of findings, muted, notChecked and facts", () => {
  expect(JSON.parse(formatJson(full))).toEqual({
    title: "Audit of prod",
    facts: { "Report made": "2026-11-23T00:00:00Z (1 h ago)" },
    findings: [finding()],
    muted: [muted],
    notChecked: full.notChecked,
  });
});

describe("markdown", () => {
  test("a name with markup stays text", () => {
    const hostile = "`|<img src=x>[a](b) **c** @everyone\n# d";
    const line = formatMarkdown(report({ findings: [finding({ address: hostile, message: hostile })] }))
      .split("\n")
      .find((text) => text.startsWith("| medium"));
    expect(line).toMatch(/\| Rotate it\\?\. \|$/);
    expect(line).toContain("&lt;img src=x&gt;");
    expect(line).toContain("\\[a\\](b) \\*\\*c\\*\\*");
    expect(line).not.toMatch(/ @everyone[^`]*\| Rotate/);
  });

  test.each([
    ["`", "`` ` ``"],
    ["a`b", "``a`b``"],
    ["```", "```` ``` ````"],
    ["a|b", "`a\\|b`"],
    ["plain", "`plain`"],
  ])("the code of %j is %j", (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });

  test("no text mentions anybody", () => {
    expect(markdownText("@everyone")).not.toContain("@everyone");
  });

  test("a back-slash before a pipe does not free the pipe", () => {
    expect(markdownCode("\\|")).toBe("`\\\u2060\\|`");
  });

  test("no text breaks out of its table cell", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const cell of [markdownText(text), markdownCode(text)]) {
          expect(cell).not.toMatch(/[\r\n]/);
          expect(cell.replace(/\\\\/g, "").replace(/\\\|/g, "")).not.toContain("|");
        }
      }),
    );
  });
});

describe("csv", () => {
  test.each([
    ["=1+1", '"\'=1+1"'],
    ["+a", '"\'+a"'],
    ["-a", '"\'-a"'],
    ["@a", '"\'@a"'],
    [" =1", '"\' =1"'],
    ["a,b", '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ["plain", "plain"],
    ["user/=x", "user/=x"],
  ])("the cell of %j is %s", (text, expected) => {
    expect(csvCell(text)).toBe(expected);
  });

  test("whatever the text, no cell starts a formula and the columns stay", () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom("", "=", "+", "-", "@", "\t=", "\r=", '"='), (text, start) => {
        const hostile = `${start}${text}`;
        const csv = formatCsv(
          report({ findings: [finding({ address: hostile, message: hostile, remedy: hostile })] }),
        );
        const rows: string[][] = parse(csv);
        expect(rows.map((row) => row.length)).toEqual([10, 10]);
        expect(rows.flat().filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
      }),
    );
  });

  test("tells the state of every row", () => {
    expect(
      parse(formatCsv(full), { columns: true }).map((row) => (row as { status: string }).status),
    ).toEqual(["open", "muted", "not checked"]);
  });
});

describe("sarif", () => {
  const run = (given: FindingReport) => JSON.parse(formats.sarif(given)).runs[0];

  test("is version 2.1.0 with one run of this tool", () => {
    expect(JSON.parse(formats.sarif(full))).toMatchObject({
      version: "2.1.0",
      runs: [{ tool: { driver: { name: "iam-baseline", version: "1.0.0" } } }],
    });
  });

  test.each([
    ["critical", "error", "9.5"],
    ["high", "error", "8.0"],
    ["medium", "warning", "5.5"],
    ["low", "note", "3.0"],
    ["info", "note", "0.0"],
  ] as const)("a %s finding has the level %s", (severity, level, score) => {
    const { results, tool } = run(report({ findings: [finding({ severity })] }));
    expect(results[0].level).toBe(level);
    expect(tool.driver.rules[0].properties["security-severity"]).toBe(score);
  });

  test("every result points to its rule and to a file", () => {
    const { results, tool } = run(report({ findings: [finding(), finding({ rule: "a-rule" })] }));
    for (const result of results) {
      expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe("environments/index.ts");
    }
  });

  const helpOf = (id: string) =>
    id === ACCEPTANCE_UNUSED.id
      ? {
          ...ACCEPTANCE_UNUSED,
          markdown: ruleSection(ACCEPTANCE_UNUSED),
          uri: "https://example.com/rules#it",
        }
      : undefined;

  test("a rule that is declared is described, with help and a link; another one by its id", () => {
    const given = report({
      findings: [finding({ rule: "acceptance-unused" }), finding({ rule: "of-nobody" })],
    });
    const options = { version: "1.0.0", helpOf };
    const [declared, other] = JSON.parse(formatSarif(given, options)).runs[0].tool.driver.rules;
    expect(declared).toMatchObject({
      shortDescription: { text: "An exception matches no finding." },
      fullDescription: { text: expect.stringMatching(/^It hides the finding/) },
      help: {
        text: expect.stringMatching(/^acceptance-unused\n[^*`#]*What to do: Remove it/),
        markdown: expect.stringMatching(/^### acceptance-unused\n/),
      },
      helpUri: "https://example.com/rules#it",
    });
    expect(other).toMatchObject({ shortDescription: { text: "of nobody" } });
    expect(other).not.toHaveProperty("helpUri");
  });

  test("a muted finding is suppressed, with its reason", () => {
    const { results } = run(full);
    expect(results.map((result: { suppressions?: unknown }) => result.suppressions)).toEqual([
      undefined,
      [{ kind: "external", justification: "on leave (until 2026-12-01)" }],
    ]);
  });

  test("the fingerprint stays when only the age in the message grows", () => {
    const print = (message: string) =>
      run(report({ findings: [finding({ message })] })).results[0].partialFingerprints;
    expect(print("90 days old")).toEqual(print("91 days old"));
  });
});

describe("exit codes", () => {
  test.each([
    ["medium", "high", 0],
    ["high", "high", 2],
    ["critical", "high", 2],
    ["info", "low", 0],
    ["info", "info", 2],
  ] as const)("a %s finding with --fail-on %s exits with %i", (severity, failOn, code) => {
    expect(exitCodeOf(report({ findings: [finding({ severity })] }), failOn)).toBe(code);
  });

  test("a muted finding does not fail", () => {
    expect(
      exitCodeOf(
        report({ findings: [], muted: [{ ...muted, finding: finding({ severity: "critical" }) }] }),
        "info",
      ),
    ).toBe(0);
  });
});

test("the worst finding comes first", () => {
  const mixed = [...SEVERITIES].reverse().map((severity) => finding({ severity }));
  expect(sortFindings(mixed).map(({ severity }) => severity)).toEqual(SEVERITIES);
});
