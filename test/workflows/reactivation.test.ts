import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "./support/script";

const ROLE = "arn:aws:iam::111122223333:role/team/reactivate-k7q2m9xd";
const REQUEST = {
  ENVIRONMENT: "team-dev",
  USER_NAME: "anna-laptop",
  REASON: "the key of the day: OPS-12",
  HOURS: "8",
  KEY: "",
  REACTIVATE_ROLE_ARNS: JSON.stringify({ "team-dev": ROLE }),
};
const ask = (changed: Partial<typeof REQUEST> = {}) =>
  runScript("reactivation.mjs", [], { ...REQUEST, ...changed });

test("chooses the environment's role, account and region", async () => {
  const folder = mkdtempSync(join(tmpdir(), "iam-baseline-reactivation-"));
  try {
    const file = join(folder, "output");
    const result = await runScript("reactivation.mjs", [], {
      ...REQUEST,
      GITHUB_OUTPUT: file,
    });
    expect(result).toMatchObject({ status: 0 });
    expect(readFileSync(file, "utf8")).toBe(`role=${ROLE}\naccount=111122223333\nregion=us-east-1\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each([
  ["a repository", { USER_NAME: "example-team/web" }],
  ["one character", { USER_NAME: "a" }],
  ["64 characters", { USER_NAME: "a".repeat(64) }],
  ["a reason of 10 characters", { REASON: "0123456789" }],
  ["a reason of 256 characters", { REASON: "a".repeat(256) }],
  ["a reason in Japanese", { REASON: "東京でのデモンストレーション" }],
  ["72 hours", { HOURS: "72" }],
  ["a key", { KEY: "AB12" }],
])("accepts %s", async (_what, changed) => {
  expect(await ask(changed)).toMatchObject({ status: 0, stderr: "" });
});

test.each([
  ["no user", { USER_NAME: "" }, "user"],
  ["a user of 65 characters", { USER_NAME: "a".repeat(65) }, "user"],
  ["a user that is an option", { USER_NAME: "--debug" }, "user"],
  ["a user that is a command", { USER_NAME: "$(id)" }, "user"],
  ["a user with a line break", { USER_NAME: "anna\nrole=x" }, "user"],
  ["a user with a path", { USER_NAME: "a/b/c" }, "user"],
  ["a reason of 9 characters", { REASON: "012345678" }, "reason"],
  ["a reason of 257 characters", { REASON: "a".repeat(257) }, "reason"],
  ["a reason of blanks", { REASON: " ".repeat(20) }, "reason"],
  ["a reason that is an option", { REASON: "--hours 72 for me" }, "reason"],
  ["a reason with back-ticks", { REASON: "because `id` says so" }, "reason"],
  ["a reason with a character that no tag value may hold", { REASON: "first this, then that" }, "reason"],
  ["a reason with a line break", { REASON: "first line\nrole=arn:aws" }, "reason"],
  ["0 hours", { HOURS: "0" }, "hours"],
  ["73 hours", { HOURS: "73" }, "hours"],
  ["hours in words", { HOURS: "eight" }, "hours"],
  ["1e1 hours", { HOURS: "1e1" }, "hours"],
  ["half a key", { KEY: "AB1" }, "key"],
  ["a whole key id", { KEY: "AKIAIOSFODNN7EXAMPLE" }, "key"],
  ["no environment", { ENVIRONMENT: "" }, "environment"],
  ["an environment without a role", { ENVIRONMENT: "team-prod" }, "environment"],
  ["an environment of the prototype", { ENVIRONMENT: "constructor" }, "environment"],
])("refuses %s", async (_what, changed, input) => {
  const { status, stderr } = await ask(changed);
  expect(status).toBe(1);
  expect(stderr).toMatch(new RegExp(`^error: ${input}: expected`));
});

test("tells all that is wrong at once", async () => {
  const { stderr } = await ask({ HOURS: "0", USER_NAME: "" });
  expect(stderr.split("\n").filter((line) => line.startsWith("error: "))).toHaveLength(2);
});

test.each([
  ["no JSON", "x"],
  ["a list", "[]"],
  ["a user's ARN", JSON.stringify({ "team-dev": "arn:aws:iam::111122223333:user/x" })],
  ["a line break in an ARN", JSON.stringify({ "team-dev": `${ROLE}\nregion=x` })],
])("refuses roles that are %s", async (_what, roles) => {
  expect((await ask({ REACTIVATE_ROLE_ARNS: roles })).status).toBe(1);
});
