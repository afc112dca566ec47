import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { graphFromStackDirectory } from "../../../src/sources/stack/graph-from-stack-directory";
import { stack } from "../terraform-files";

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "stacks-"));
});
afterEach(() => rmSync(outdir, { recursive: true }));

function write(name: string, json: unknown): void {
  const folder = join(outdir, "stacks", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), typeof json === "string" ? json : JSON.stringify(json));
}

test("stacks are joined by environment", () => {
  write("team-dev-identity", stack({ "aws_iam_user.u": { name: "anna" } }));
  write("team-dev-credential-hygiene", stack({ "aws_scheduler_schedule.s": { name: "nightly" } }));
  write("team-prod-identity", stack({ "aws_iam_user.u": { name: "ben" } }));
  const environments = graphFromStackDirectory(outdir);
  expect(
    environments.map(({ environment, stacks }) => [environment, stacks.map(({ name }) => name)]),
  ).toEqual([
    ["team-dev", ["team-dev-credential-hygiene", "team-dev-identity"]],
    ["team-prod", ["team-prod-identity"]],
  ]);
  expect(environments[0]?.graph).toMatchObject({
    users: [{ name: "anna" }],
    safeguards: [{ name: "nightly" }],
  });
});

test("the name in the stack goes before that of its folder, and other stacks are environments of their own", () => {
  const named = { "//": { metadata: { stackName: "prod-identity" } }, ...stack({}) };
  write("0", named);
  write("network", stack({}));
  expect(graphFromStackDirectory(outdir).map(({ environment }) => environment)).toEqual(["prod", "network"]);
});

test("the folder of one stack is that stack", () => {
  write("prod-identity", stack({ "aws_iam_user.u": { name: "anna" } }));
  expect(graphFromStackDirectory(join(outdir, "stacks", "prod-identity"))).toMatchObject([
    { environment: "prod", stacks: [{ name: "prod-identity" }] },
  ]);
});

test("refuses a folder without stacks", () => {
  expect(() => graphFromStackDirectory(outdir)).toThrow("a folder with stacks/NAME/cdk.tf.json");
});

test("refuses a folder that is not there", () => {
  expect(() => graphFromStackDirectory(join(outdir, "none"))).toThrow("no such folder");
});

test("refuses a file that is cut off, with its path", () => {
  write("prod-identity", '{"resource": {');
  expect(() => graphFromStackDirectory(outdir)).toThrow(/prod-identity.cdk\.tf\.json: expected .*cut off/);
});
