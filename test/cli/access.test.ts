import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessReport } from "../../src/report/access-report";
import { environment } from "../builders/environment";
import { environments } from "../shipped";
import { type SynthesizedProject, synthesizedProject } from "../support/synthesized-project";

const fixture = (name: string) => join(__dirname, "../fixtures/terraform", name);
const WORK = ["--principal", "personal/work", "--action", "sts:AssumeRole", "--resource", "admin"];

let project: SynthesizedProject;
beforeAll(() => {
  project = synthesizedProject(...environments);
});
afterAll(() => project.remove());

const baseline = (...argv: readonly string[]) => project.baseline("access", ...argv);
const json = async (...argv: readonly string[]) => {
  const { result } = await baseline(...argv, "--format", "json");
  return JSON.parse(result) as AccessReport;
};

describe("without options", () => {
  test("tells of every environment that was synthesized, each with every section", async () => {
    const { code, result, progress } = await baseline();
    expect([code, progress]).toEqual([0, ""]);
    for (const { name } of environments)
      expect(result).toMatch(new RegExp(`^${name} \\(account \\d{12}\\)$`, "m"));
    for (const title of ["People", "CI", "Roles", "Guards", "Accepted exceptions", "Not known"]) {
      expect(result.match(new RegExp(`^${title}( -|$)`, "gm"))).toHaveLength(environments.length);
    }
  });

  test("tells what to do where nothing was synthesized", async () => {
    const empty = synthesizedProject();
    try {
      expect(await empty.baseline("access")).toMatchObject({
        code: 1,
        result: "",
        progress: expect.stringMatching(
          /^error\[stacks-missing\]: cdktf\.out: nothing was synthesized yet; run npm start/,
        ),
      });
    } finally {
      empty.remove();
    }
  });
});

describe("accepted exceptions and declared weaknesses", () => {
  const accepted = {
    finding: "no-privilege-escalation",
    subject: "role/daily",
    reason: "Moves away in March",
    expires: "2027-03-01",
  };
  const weak = synthesizedProject(
    environment({ accepted: [accepted], developerGroups: { developers: { guard: { networks: false } } } }),
  );
  afterAll(() => weak.remove());

  test("are listed in the table", async () => {
    const { result } = await weak.baseline("access");
    expect(result).toMatch(/no-privilege-escalation +role\/daily +2027-03-01 +Moves away in March/);
    expect(result).toMatch(
      /group\/developers +the networks part of the guard is switched off +developerGroups\.developers\.guard\.networks/,
    );
  });

  test("are listed in the JSON", async () => {
    const { result } = await weak.baseline("access", "--format", "json");
    const declared = { subject: "group/developers", declaredAt: "developerGroups.developers.guard.networks" };
    expect(JSON.parse(result)).toMatchObject({
      environments: [{ acceptedExceptions: [accepted], declaredWeaknesses: [declared] }],
    });
  });

  test("are not known where the source is not what was synthesized here", async () => {
    const report = await json("--from-state", fixture("state.json"));
    const notKnown = { reason: expect.stringContaining("environments/") };
    expect(report.environments[0]).toMatchObject({
      acceptedExceptions: notKnown,
      declaredWeaknesses: notKnown,
    });
  });

  test("are not known where environments/ cannot be read", async () => {
    const broken = synthesizedProject(environment());
    try {
      broken.write("environments/index.js", "exports.nothing = 1;");
      const { code, result } = await broken.baseline("access");
      expect(code).toBe(0);
      expect(result).toContain("environments/ cannot be read");
    } finally {
      broken.remove();
    }
  });
});

describe("sources", () => {
  test("a plan shows the account after it, and with --before as it was", async () => {
    const users = async (...argv: readonly string[]) => {
      const report = await json("--from-plan", fixture("device-added.plan.json"), ...argv);
      return report.environments.flatMap((one) => one.users.flatMap(({ names }) => names)).sort();
    };
    expect(await users()).toContain("tablet");
    expect(await users("--before")).not.toContain("tablet");
  });

  test("a drifted account shows who holds policies of his own", async () => {
    const report = await json("--from-plan", fixture("drift.plan.json"), "--before");
    const holders = report.environments.flatMap(({ users }) =>
      users.filter(({ ownPolicies }) => ownPolicies.length > 0),
    );
    expect(holders.map(({ names, ownPolicies }) => [names, ownPolicies])).toEqual([
      [["home"], ["sneaky"]],
      [["work"], ["AdministratorAccess"]],
    ]);
  });

  test("a state", async () => {
    const report = await json("--from-state", fixture("state.json"));
    expect(report.environments.flatMap(({ accountIds }) => accountIds)).toEqual(["123456789012"]);
  });

  test("the folder of one stack", async () => {
    const report = await json("--from-stack", join(project.directory, "cdktf.out/stacks/personal-identity"));
    expect(report.environments.map(({ name }) => name)).toEqual(["personal"]);
  });

  test("several at once", async () => {
    const stack = join(project.directory, "cdktf.out/stacks/personal-identity");
    const report = await json("--from-stack", stack, "--from-state", fixture("state.json"));
    expect(report.environments.map(({ name }) => name)).toEqual(["personal", "personal-123456789012"]);
  });

  test("--environment shows one of them", async () => {
    const report = await json("--environment", "team-prod");
    expect(report.environments.map(({ name }) => name)).toEqual(["team-prod"]);
  });

  test.each<[string, readonly string[], RegExp]>([
    [
      "a file that is not there",
      ["--from-plan", "nowhere.json"],
      /nowhere\.json: expected a file that can be read/,
    ],
    [
      "a binary plan",
      ["--from-plan", "plan.bin"],
      /plan\.bin: expected the JSON of terraform show -json, got/,
    ],
    ["a state as a plan", ["--from-plan", fixture("state.json")], /state\.json/],
    [
      "a plan as a state",
      ["--from-state", fixture("create.plan.json")],
      /create\.plan\.json: a Terraform state, got an object with resource_changes/,
    ],
    [
      "a folder without stacks",
      ["--from-stack", "."],
      /a folder with stacks\/NAME\/cdk\.tf\.json, got a folder without stacks/,
    ],
    [
      "an environment that is not there",
      ["--environment", "persnal"],
      /no environment "persnal"; did you mean personal\?/,
    ],
    ["--before without a plan", ["--before"], /--before is about plans/],
    [
      "an output folder that is not there",
      ["--output", "no/such/folder.json"],
      /--output no\/such\/folder\.json/,
    ],
  ])("refuses %s", async (_what, argv, message) => {
    project.write("plan.bin", "PK\u0003\u0004");
    expect(await baseline(...argv)).toMatchObject({
      code: 1,
      result: "",
      progress: expect.stringMatching(message),
    });
  });
});

describe("--output", () => {
  test("writes the file and nothing to standard output", async () => {
    const { result, progress } = await baseline(
      "--format",
      "svg",
      "--environment",
      "personal",
      "--output",
      "p.svg",
    );
    expect([result, progress.trim()]).toEqual(["", "wrote p.svg"]);
    expect(readFileSync(join(project.directory, "p.svg"), "utf8")).toMatch(/^<svg /);
  });
});

describe("a question", () => {
  test.each<[string, readonly string[], number, RegExp]>([
    [
      "that is answered with yes",
      [...WORK, "--mfa-age", "60", "--source-ip", "203.0.113.9"],
      0,
      /yes: with MFA 1 min old/,
    ],
    [
      "that is answered with no",
      [...WORK, "--no-mfa", "--source-ip", "203.0.113.9"],
      0,
      /no, denied: without MFA/,
    ],
    [
      "about a VPC",
      [...WORK, "--mfa-age", "60", "--vpc", "vpc-0a1b2c3d4e5f60718"],
      0,
      /no, denied: .* from vpc-0a1b2c3d4e5f60718/,
    ],
    [
      "of many actions",
      ["--principal", "personal/daily", "--action", "s3:*"],
      0,
      /yes: .*\n.*s3:ListAllMyBuckets/,
    ],
    ["as JSON", [...WORK, "--format", "json"], 0, /"schemaVersion": 1/],
    ["as Markdown", [...WORK, "--format", "markdown"], 0, /^- \*\*yes\*\*: with MFA/m],
    [
      "within one environment",
      ["--environment", "team-prod", "--principal", "admin", "--action", "iam:CreateUser"],
      0,
      /role admin-k7q2m9xd/,
    ],
    ["masked", [...WORK, "--mask"], 0, /arn:aws:iam::XXXXXXXXXXXX:user/],
  ])("%s", async (_what, argv, code, text) => {
    expect(await baseline(...argv)).toMatchObject({
      code,
      result: expect.stringMatching(text),
      progress: "",
    });
  });

  test("whose answer is not known ends with 1, and tells what is not known", async () => {
    const { code, result } = await baseline(
      "--from-plan",
      fixture("create.plan.json"),
      "--principal",
      "admin",
      "--action",
      "dynamodb:GetItem",
      "--resource",
      "arn:aws:dynamodb:eu-central-1:444455556666:table/x",
    );
    expect(code).toBe(1);
    expect(result).toContain("not known");
  });

  test.each<[string, readonly string[], RegExp]>([
    ["an unknown principal", ["--principal", "wrok", "--action", "s3:GetObject"], /did you mean "work"\?/],
    [
      "an unknown action",
      ["--principal", "work", "--action", "s3:GetObjet"],
      /AWS has no such action; did you mean s3:GetObject\?/,
    ],
    [
      "an unknown service",
      ["--principal", "work", "--action", "s33:GetObject"],
      /AWS has no service "s33"; did you mean s3:GetObject\?/,
    ],
    ["--principal alone", ["--principal", "work"], /give --action too/],
    ["--action alone", ["--action", "s3:*"], /--action is part of a question: give --principal too/],
    ["--no-mfa alone", ["--no-mfa"], /--no-mfa is part of a question/],
    ["an MFA age that is no number", [...WORK, "--mfa-age", "1h"], /expected whole seconds/],
    ["a negative MFA age", [...WORK, "--mfa-age", "-1"], /expected whole seconds/],
    ["two kinds of MFA", [...WORK, "--mfa-age", "1", "--no-mfa"], /exclude each other/],
    [
      "a network as an address",
      [...WORK, "--source-ip", "203.0.113.0/24"],
      /expected one IPv4 or IPv6 address/,
    ],
    ["an address and a VPC", [...WORK, "--source-ip", "203.0.113.1", "--vpc", "vpc-1"], /exclude each other/],
    ["a context without a value", [...WORK, "--context", "aws:PrincipalTag"], /expected key=value/],
    [
      "a picture of an answer",
      [...WORK, "--format", "svg"],
      /--format: expected table, json or markdown for an answer/,
    ],
  ])("refuses %s", async (_what, argv, message) => {
    expect(await baseline(...argv)).toMatchObject({
      code: 1,
      result: "",
      progress: expect.stringMatching(message),
    });
  });
});
