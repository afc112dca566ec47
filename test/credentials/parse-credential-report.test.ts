import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { type CredentialReportRow, pathOf, type ReportDate } from "../../src/credentials/credential-report";
import {
  CredentialReportError,
  parseCredentialReport,
  REQUIRED_COLUMNS,
} from "../../src/credentials/parse-credential-report";
import {
  columnsOf,
  NO_KEY,
  renderCredentialReport,
  reportKey,
  reportRow,
  rootRow,
} from "../builders/credential-report";

const fixture = (name: string) =>
  readFileSync(join(__dirname, "../fixtures/credential-report", name), "utf8");
const rows = [rootRow(), reportRow()];
const text = renderCredentialReport(rows);

describe("recorded shapes", () => {
  test("AWS's 22 columns, without a line end at the end", () => {
    const report = parseCredentialReport(fixture("real-22-columns.csv"));
    expect(report.map(({ user }) => user)).toEqual(["<root_account>", "home", "octo.website", "work"]);
    expect(report[3]?.accessKeys).toEqual([
      reportKey({
        active: false,
        lastRotated: new Date("2026-08-20T08:10:00Z"),
        lastUsedDate: new Date("2026-11-20T09:00:00Z"),
      }),
      reportKey({
        lastRotated: new Date("2026-11-20T08:55:00Z"),
        lastUsedDate: new Date("2026-11-22T23:45:00Z"),
      }),
    ]);
  });

  test("the 23rd column, with a comma in quotes", () => {
    expect(
      parseCredentialReport(fixture("real-23-columns.csv")).map((row) => row.additionalCredentialsInfo),
    ).toEqual(["N/A", "N/A", "N/A", "2 access keys, 1 certificate; use ListAccessKeys"]);
  });

  test("an older report, whose root row supports less", () => {
    expect(parseCredentialReport(fixture("older-root.csv"))).toMatchObject([
      {
        passwordEnabled: "not_supported",
        passwordLastUsed: "no_information",
        passwordLastChanged: "not_supported",
        userCreationTime: new Date("2019-03-01T09:00:00Z"),
      },
    ]);
  });

  test("the emulator's report", () => {
    const [, ...report] = parseCredentialReport(fixture("emulator.csv"));
    expect(report.map(({ user }) => user)).toEqual(["work", "octo.website", "home", "intruder"]);
    expect(report[0]).toMatchObject({ passwordEnabled: true, passwordLastUsed: "no_information" });
    expect(report[3]?.accessKeys[0]).toMatchObject({ active: true, lastUsedRegion: "not_supported" });
  });
});

describe("accepts", () => {
  test.each([
    ["CRLF", renderCredentialReport(rows, { lineEnd: "\r\n", finalLineEnd: true })],
    ["a line end at the end", renderCredentialReport(rows, { finalLineEnd: true })],
    ["a byte order mark", renderCredentialReport(rows, { byteOrderMark: true })],
    [
      "a 23rd column that nobody knows",
      renderCredentialReport(rows, { columns: [...REQUIRED_COLUMNS, "passkeys"] }),
    ],
    ["columns in another order", renderCredentialReport(rows, { columns: [...REQUIRED_COLUMNS].reverse() })],
    ["TRUE and FALSE, as some manuals write", text.replaceAll("true", "TRUE").replaceAll("false", "FALSE")],
  ])("%s", (_what, csv) => {
    expect(parseCredentialReport(csv)).toEqual(rows);
  });

  test("a name with a comma, a quote or a formula, as it is", () => {
    for (const user of ["a,b", 'say "hi"', "=1+1", "+a", "-a", "@a"]) {
      const csv = renderCredentialReport([rootRow(), reportRow({ user })]);
      expect(parseCredentialReport(csv)[1]?.user).toBe(user);
    }
  });
});

describe("refuses", () => {
  test.each(REQUIRED_COLUMNS)("a report without the column %s", (column) => {
    const columns = REQUIRED_COLUMNS.filter((name) => name !== column);
    expect(() => parseCredentialReport(renderCredentialReport(rows, { columns }))).toThrow(
      `none called ${column}`,
    );
  });

  test.each([
    ["nothing", "", "got nothing"],
    ["a header alone", REQUIRED_COLUMNS.join(","), "got only the header"],
    ["JSON", '{"State":"COMPLETE"}', "credential report"],
    ["HTML", "<html><body>denied</body></html>", "got none called user"],
    [
      "a column twice",
      renderCredentialReport(rows, { columns: [...REQUIRED_COLUMNS, "user"] }),
      '"user" twice',
    ],
    ["a user twice", renderCredentialReport([...rows, reportRow()]), 'got "work" again'],
    ["a row that is too long", `${text},true`, "cut short or no report"],
    ["an open quote", `${text}\n"work`, "cut short or no report"],
    [
      "yes for true",
      text.replace(",true,", ",yes,"),
      'row 2, password_enabled: expected true or false, got "yes"',
    ],
    [
      "a date of other form",
      text.replace("2026-05-02T07:11:12Z", "02/05/2026"),
      "row 2, password_last_used: expected a date",
    ],
    ["a day that no calendar has", text.replaceAll("2026-05-02T", "2026-02-30T"), "expected a date"],
    [
      "the 29th of February of another year",
      text.replaceAll("2026-05-02T", "2026-02-29T"),
      "expected a date",
    ],
    ["a 25th hour", text.replaceAll("2026-05-02T07:", "2026-05-02T25:"), "expected a date"],
    ["no row of root", renderCredentialReport([reportRow()]), "expected a row of <root_account>"],
    ["a 13th month", text.replace("2026-05-02T07:11:12Z", "2026-13-02T07:11:12Z"), "password_last_used"],
    [
      "an empty cell",
      text.replace("2026-05-02T07:11:12Z", ""),
      'password_last_used: expected a value, got ""',
    ],
  ])("%s", (_what, csv, message) => {
    expect(() => parseCredentialReport(csv)).toThrow(CredentialReportError);
    expect(() => parseCredentialReport(csv)).toThrow(message);
  });

  test("a report cut short anywhere within its last row", () => {
    const lastRow = text.lastIndexOf("\n") + 1;
    for (let length = lastRow + 1; length < text.length; length += 1) {
      expect(() => parseCredentialReport(text.slice(0, length))).toThrow(CredentialReportError);
    }
  });
});

describe("whatever the users", () => {
  const seconds = fc
    .integer({ min: Date.UTC(2010, 0) / 1000, max: Date.UTC(2030, 0) / 1000 })
    .map((second) => new Date(second * 1000));
  const reportDate: fc.Arbitrary<ReportDate> = fc.oneof(
    seconds,
    fc.constantFrom<ReportDate>("N/A", "no_information", "not_supported"),
  );
  const word = fc.constantFrom("N/A", "us-east-1", "s3", "not_supported");
  const key = fc.record({
    active: fc.boolean(),
    lastRotated: reportDate,
    lastUsedDate: reportDate,
    lastUsedRegion: word,
    lastUsedService: word,
  });
  const certificate = fc.record({ active: fc.boolean(), lastRotated: reportDate });
  const name = fc.stringMatching(/^[A-Za-z0-9+=,.@_-]{1,64}$/);
  const row: fc.Arbitrary<CredentialReportRow> = fc.record({
    user: name,
    arn: name.map((user) => `arn:aws:iam::111122223333:user/baseline/device/${user}`),
    userCreationTime: reportDate,
    passwordEnabled: fc.constantFrom<boolean | "not_supported">(true, false, "not_supported"),
    passwordLastUsed: reportDate,
    passwordLastChanged: reportDate,
    passwordNextRotation: reportDate,
    mfaActive: fc.boolean(),
    accessKeys: fc.tuple(key, key),
    certificates: fc.tuple(certificate, certificate),
  });
  const report = fc
    .uniqueArray(row, { minLength: 1, maxLength: 5, selector: ({ user }) => user })
    .map((users) => [rootRow(), ...users]);
  const extra = fc.uniqueArray(fc.stringMatching(/^x_[a-z ,"]{1,8}$/), { maxLength: 3 });

  test("parsing what was rendered gives it back, in any order of columns and with any extra ones", () => {
    fc.assert(
      fc.property(
        report,
        extra,
        fc.gen(),
        fc.constantFrom("\n" as const, "\r\n" as const),
        fc.boolean(),
        (expected, more, g, lineEnd, finalLineEnd) => {
          const all = [...REQUIRED_COLUMNS, ...more];
          const columns = g(() => fc.shuffledSubarray(all, { minLength: all.length }));
          const extraValue = g(() => fc.constantFrom("N/A", "", 'a "quoted", value', "=1"));
          const csv = renderCredentialReport(expected, { columns, extraValue, lineEnd, finalLineEnd });
          expect(parseCredentialReport(csv)).toEqual(expected);
        },
      ),
    );
  });
});

test.each([
  ["arn:aws:iam::111122223333:user/baseline/device/work", "/baseline/device/"],
  ["arn:aws:iam::111122223333:user/intruder", "/"],
  ["arn:aws-cn:iam::111122223333:user/a/b", "/a/"],
  ["arn:aws:iam::111122223333:root", undefined],
])("the path in %s", (arn, path) => {
  expect(pathOf({ arn })).toBe(path);
});

test("the builder writes AWS's columns in AWS's order", () => {
  expect(columnsOf([reportRow({ accessKeys: [NO_KEY, NO_KEY] })])).toEqual(REQUIRED_COLUMNS);
  expect(fixture("real-22-columns.csv").split("\n")[0]).toBe(REQUIRED_COLUMNS.join(","));
});
