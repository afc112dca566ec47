import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeGithub } from "./support/fake-github";
import { runScript } from "./support/script";

let github: FakeGithub;
let folder: string;

beforeEach(async () => {
  github = new FakeGithub();
  await github.start();
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-drift-"));
});

afterEach(async () => {
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A night: what `baseline drift` said of each environment, by exit code; `undefined`: the job died. */
function night(
  results: Readonly<Record<string, { readonly status: string; readonly report: string } | undefined>>,
) {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, result] of Object.entries(results)) {
    if (result === undefined) continue;
    mkdirSync(join(folder, `drift-${name}`), { recursive: true });
    writeFileSync(join(folder, `drift-${name}`, "status"), `${result.status}\n`);
    writeFileSync(join(folder, `drift-${name}`, "report.md"), result.report);
  }
  return runScript("drift-issues.mjs", [folder], {
    ...github.environmentVariables,
    ENVIRONMENTS: JSON.stringify(Object.keys(results)),
  });
}

const drifted = (report = "**1 finding**: user mallory is undeclared") => ({ status: "2", report });
const clean = { status: "0", report: "**No drift.**" };
const open = () => github.issues.filter(({ state }) => state === "open");

test("opens one issue for an environment that drifted", async () => {
  expect((await night({ prod: drifted(), dev: clean })).status).toBe(0);
  expect(open().map(({ title }) => title)).toEqual(["Drift in prod"]);
  expect(open()[0]?.body).toContain("user mallory is undeclared");
});

test("leaves the issue alone while the drift is the same", async () => {
  await night({ prod: drifted("user mallory, seen 2026-11-22T03:17:00Z, 3 hours ago") });
  await night({ prod: drifted("user mallory, seen 2026-11-23T03:17:09Z, 4 hours ago") });
  expect(github.writes).toEqual(["POST /issues"]);
});

test("updates the issue when the drift is another", async () => {
  await night({ prod: drifted("user mallory") });
  await night({ prod: drifted("user mallory and user eve") });
  expect(open()).toHaveLength(1);
  expect(open()[0]?.body).toContain("user eve");
});

test("says that it was updated", async () => {
  await night({ prod: drifted("user mallory") });
  await night({ prod: drifted("user eve") });
  expect(github.comments.map(({ body }) => body)).toEqual([
    "The drift changed: the description above is what it is now.",
  ]);
});

test("closes the issue when the account is as declared again", async () => {
  await night({ prod: drifted() });
  await night({ prod: clean });
  expect(github.issues.map(({ state }) => state)).toEqual(["closed"]);
});

test("opens a new issue when drift comes back", async () => {
  await night({ prod: drifted() });
  await night({ prod: clean });
  await night({ prod: drifted() });
  expect(github.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
});

test("keeps the issues of environments apart, also of names that begin alike", async () => {
  await night({ prod: drifted("a"), "prod-eu": drifted("b") });
  await night({ prod: clean, "prod-eu": drifted("b") });
  expect(open().map(({ title }) => title)).toEqual(["Drift in prod-eu"]);
});

test("closes all but the oldest of several", async () => {
  const first = github.addIssue("<!-- iam-baseline-drift:prod -->\nold");
  github.addIssue("<!-- iam-baseline-drift:prod -->\nraced");
  await night({ prod: drifted() });
  expect(open().map(({ number }) => number)).toEqual([first.number]);
});

test("never touches an issue of somebody else", async () => {
  const faked = github.addIssue("<!-- iam-baseline-drift:prod -->\nfaked", "mallory");
  await night({ prod: clean });
  expect(faked.state).toBe("open");
});

test("finds its issue among hundreds", async () => {
  for (let count = 0; count < 230; count++) github.addIssue(`another ${count}`);
  github.addIssue("<!-- iam-baseline-drift:prod -->\nold");
  await night({ prod: clean });
  expect(open()).toHaveLength(230);
});

describe("an environment that could not be read", () => {
  test.each([
    ["an error", { status: "1", report: "" }],
    ["an error with half a report", { status: "1", report: "**No drift.**" }],
    ["a killed command", { status: "137", report: "" }],
    ["no exit code", { status: "", report: "" }],
    ["drift without a report", { status: "2", report: " \n" }],
    ["no drift without a report", { status: "0", report: "" }],
    ["a job that died", undefined],
  ])("%s fails the step and closes nothing", async (_what, result) => {
    await night({ prod: drifted() });
    const { status, stderr } = await night({ prod: result });
    expect(status).toBe(1);
    expect(stderr).toContain("error: prod:");
    expect(open()).toHaveLength(1);
  });

  test("does not keep the others from their issues", async () => {
    expect((await night({ dev: undefined, prod: drifted() })).status).toBe(1);
    expect(open().map(({ title }) => title)).toEqual(["Drift in prod"]);
  });
});

test("a report longer than an issue may be is shortened and keeps its verdict", async () => {
  expect((await night({ prod: drifted(`**5 findings**\n${"finding\n".repeat(20_000)}`) })).status).toBe(0);
  expect(open()[0]?.body).toMatch(/\*\*5 findings\*\*/);
});

test.each(["", "[]", "{}", '["../x"]', "[1]"])("refuses the environments %j", async (names) => {
  const { status } = await runScript("drift-issues.mjs", [folder], {
    ...github.environmentVariables,
    ENVIRONMENTS: names,
  });
  expect(status).toBe(1);
});

test("an answer of GitHub that is an error fails the step", async () => {
  github.failure = 500;
  expect((await night({ prod: clean })).status).toBe(1);
});
