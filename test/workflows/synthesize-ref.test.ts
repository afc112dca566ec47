import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "./support/script";

jest.setTimeout(30_000);

let folder: string;
let repository: string;

/** A revision whose `synth` writes one stack with this content. */
function commit(content: string, synth = "node synth.js"): void {
  const files = {
    "package.json": JSON.stringify({
      name: "x",
      version: "1.0.0",
      scripts: { synth, preinstall: "touch install-script-ran" },
    }),
    "package-lock.json": JSON.stringify({
      name: "x",
      version: "1.0.0",
      lockfileVersion: 3,
      packages: { "": { name: "x", version: "1.0.0" } },
    }),
    "synth.js": `const fs = require("node:fs");
      fs.mkdirSync("cdktf.out/stacks/dev-identity", { recursive: true });
      fs.writeFileSync("cdktf.out/manifest.json", "{}");
      const ran = fs.existsSync("install-script-ran");
      fs.writeFileSync("cdktf.out/stacks/dev-identity/cdk.tf.json", JSON.stringify({ content: ${JSON.stringify(content)}, ran }));`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text);
  git("add", ".");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", content);
}

function git(...args: readonly string[]): string {
  return execFileSync("git", ["-C", repository, ...args], { encoding: "utf8" });
}

function synthesize(revision: string, outdir: string) {
  return runScript("synthesize-ref.sh", [revision, outdir], {}, repository);
}

const stackIn = (outdir: string): unknown =>
  JSON.parse(readFileSync(join(outdir, "stacks/dev-identity/cdk.tf.json"), "utf8"));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-sides-"));
  repository = join(folder, "repository");
  mkdirSync(repository);
  git("init", "--quiet", "--initial-branch", "main");
  commit("before");
  commit("after");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("synthesizes each side with its own code, without install scripts, and leaves nothing behind", async () => {
  const [base, head] = [join(folder, "base"), join(folder, "head")];
  expect(await synthesize("HEAD^1", base)).toMatchObject({ status: 0 });
  expect(await synthesize("HEAD", head)).toMatchObject({ status: 0 });
  expect([stackIn(base), stackIn(head)]).toEqual([
    { content: "before", ran: false },
    { content: "after", ran: false },
  ]);
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(git("status", "--short")).toBe("");
});

test("refuses an outdir that is not empty", async () => {
  const outdir = join(folder, "full");
  mkdirSync(outdir);
  writeFileSync(join(outdir, "old"), "");
  const { status, stderr } = await synthesize("HEAD", outdir);
  expect(status).toBe(1);
  expect(stderr).toContain("expected an empty folder");
});

test.each(["no-such-branch", "--help", ""])("refuses the revision %j", async (revision) => {
  const { status, stderr } = await synthesize(revision, join(folder, "nothing"));
  expect(status).toBe(1);
  expect(stderr).toContain("expected a revision");
});

test("a synthesis that fails is a failure, and writes no stacks", async () => {
  commit("broken", "node -e 'process.exit(3)'");
  const outdir = join(folder, "broken");
  expect((await synthesize("HEAD", outdir)).status).not.toBe(0);
  expect(readdirSync(outdir)).toEqual([]);
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
});
