import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "./support/script";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-commands-"));
  // in the place of npm: notes its arguments, one a line, and answers as it is told
  const npm = `#!/bin/sh
printf '%s\\n' "$@" > '${folder}/arguments'
while [ $# -gt 0 ]; do [ "$1" = --output ] && printf 'a report' > "$2"; shift; done
printf 'a report'
exit "$(cat '${folder}/answer')"
`;
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/npm"), npm, { mode: 0o755 });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function script(
  name: string,
  args: readonly string[],
  answer: number,
  variables: Readonly<Record<string, string>> = {},
) {
  writeFileSync(join(folder, "answer"), String(answer));
  return runScript(name, args, {
    PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
    ...variables,
  });
}

const text = (name: string) => readFileSync(join(folder, name), "utf8");
/** What came after `npm run --silent baseline --`. */
const given = () => text("arguments").trimEnd().split("\n").slice(4);

describe("drift-environment.sh", () => {
  const drift = (answer: number) => script("drift-environment.sh", ["prod", join(folder, "result")], answer);

  test("asks for the drift of one environment, masked", async () => {
    await drift(0);
    expect(given()).toEqual(["drift", "prod", "--format", "markdown", "--mask"]);
  });

  test.each([
    [0, 0],
    [2, 0],
    [1, 1],
    [137, 1],
  ])("exit code %d of the command is %d of the step, and is kept", async (answer, status) => {
    expect((await drift(answer)).status).toBe(status);
    expect(text("result/status")).toBe(`${answer}\n`);
    expect(text("result/report.md")).toBe("a report");
  });

  test.each(["../prod", "prod;id", "--help", ""])("refuses the environment %j", async (name) => {
    expect((await script("drift-environment.sh", [name, join(folder, "result")], 0)).status).toBe(1);
    expect(existsSync(join(folder, "arguments"))).toBe(false);
  });
});

describe("review-sides.sh", () => {
  beforeEach(() => {
    for (const side of ["base", "head"]) mkdirSync(join(folder, side));
  });

  const review = (answer: number, failOn = "") =>
    script(
      "review-sides.sh",
      ["base", "head", "texts/review.md"].map((name) => join(folder, name)),
      answer,
      {
        FAIL_ON: failOn,
      },
    );

  test("compares the sides, masked, with the exceptions of the code that it runs from", async () => {
    await review(0);
    expect(given().slice(0, 8)).toEqual([
      "review",
      "--base",
      join(folder, "base"),
      "--head",
      join(folder, "head"),
      "--project",
      ".",
      "--mask",
    ]);
  });

  test.each([
    ["nothing found", 0, "", 0],
    ["findings", 2, "", 0],
    ["findings that should fail", 2, "high", 1],
    ["less than should fail", 0, "high", 0],
    ["an error", 1, "", 1],
    ["a killed command", 137, "high", 1],
  ])("%s: exit code %d with FAIL_ON=%j is %d", async (_what, answer, failOn, status) => {
    expect((await review(answer, failOn)).status).toBe(status);
  });

  test("findings are in the summary, also when they fail the step", async () => {
    await review(2, "high");
    expect(text("summary")).toBe("a report");
  });

  test("an error leaves no text that could pass for a verdict", async () => {
    await review(1);
    expect(existsSync(join(folder, "texts/review.md"))).toBe(false);
  });
});

describe("reactivate.sh", () => {
  const request = {
    ENVIRONMENT: "team-dev",
    USER_NAME: "anna-laptop",
    REASON: "a demo in Tokyo",
    HOURS: "8",
  };

  test("gives each answer as one argument", async () => {
    await script("reactivate.sh", [], 0, { ...request, KEY: "AB12" });
    expect(given()).toEqual([
      ...["keys", "reactivate", "anna-laptop", "--environment", "team-dev", "--reason", "a demo in Tokyo"],
      ...["--hours", "8", "--format", "markdown", "--key", "AB12"],
    ]);
  });

  test("leaves the key out where there is none", async () => {
    await script("reactivate.sh", [], 0, { ...request, KEY: "" });
    expect(given()).not.toContain("--key");
  });

  test("no shell reads what was typed", async () => {
    await script("reactivate.sh", [], 0, { ...request, REASON: `$(touch ${folder}/ran) \`id\`; id` });
    expect(existsSync(join(folder, "ran"))).toBe(false);
  });

  test("fails when the command refuses", async () => {
    expect((await script("reactivate.sh", [], 1, request)).status).toBe(1);
  });

  test("refuses to run without a reason", async () => {
    expect((await script("reactivate.sh", [], 0, { ...request, REASON: "" })).status).not.toBe(0);
    expect(existsSync(join(folder, "arguments"))).toBe(false);
  });
});
