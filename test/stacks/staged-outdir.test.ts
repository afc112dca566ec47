import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../../src/stacks/staged-outdir";

const folder = mkdtempSync(join(tmpdir(), "staged-outdir-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const freshOutdir = () => join(folder, `out-${count++}`);

/** Ends with the exit code, or the name of the signal that ended it. */
function synthesizeInPieces(outdir: string, value: string, signal = "", at = 0): number | string {
  const script = join(__dirname, "../support/synthesis-in-pieces.ts");
  const { status, signal: ended } = spawnSync(
    process.execPath,
    ["--import", "tsx", script, outdir, value, signal, String(at)],
    { encoding: "utf8" },
  );
  return ended ?? status ?? -1;
}

/** What the stacks say, each once. */
function said(outdir: string): readonly string[] {
  const stacks = readdirSync(join(outdir, "stacks"));
  const values = stacks.map((name) => {
    const text = readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
    return (JSON.parse(text) as { output: { said: { value: string } } }).output.said.value;
  });
  return [...new Set(values.map((value) => `${stacks.length} ${value}`))];
}

const staging = (outdir: string) => readdirSync(outdir).filter((name) => name.startsWith(".synthesis"));

describe("an outdir of 30 stacks", () => {
  test.each([
    ["SIGINT", 1],
    ["SIGINT", 17],
    ["SIGTERM", 31],
  ])("is whole after a %s at file %i, and the process ends by it", (signal, at) => {
    const outdir = freshOutdir();
    expect(synthesizeInPieces(outdir, "before")).toBe(0);
    expect(synthesizeInPieces(outdir, "after", signal, at)).toBe(signal);
    expect(said(outdir)).toEqual(["30 after"]);
    expect(staging(outdir)).toEqual([]);
  });

  test("is ended by the next run where nothing could hold the end back", () => {
    const outdir = freshOutdir();
    expect(synthesizeInPieces(outdir, "before")).toBe(0);
    expect(synthesizeInPieces(outdir, "after", "SIGKILL", 17)).toBe("SIGKILL");
    expect(said(outdir)).toHaveLength(2);
    // any run ends it, also one that then cannot write
    expect(() =>
      writeWhole(outdir, () => {
        throw new Error("refused");
      }),
    ).toThrow("refused");
    expect(said(outdir)).toEqual(["30 after"]);
    expect(staging(outdir)).toEqual([]);
  });

  test("is as it was where its disk is full", () => {
    const outdir = freshOutdir();
    expect(synthesizeInPieces(outdir, "before")).toBe(0);
    expect(synthesizeInPieces(outdir, "after", "ENOSPC", 15)).toBe(1);
    expect(said(outdir)).toEqual(["30 before"]);
    expect(staging(outdir)).toEqual([]);
    const nowhere = freshOutdir();
    expect(synthesizeInPieces(nowhere, "after", "ENOSPC", 15)).toBe(1);
    expect(existsSync(nowhere)).toBe(false);
  });
});

function write(outdir: string, files: Readonly<Record<string, string>>, stacks: readonly string[]): void {
  writeWhole(outdir, (into) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(into, name, ".."), { recursive: true });
      writeFileSync(join(into, name), text);
    }
    return stacks;
  });
}

test("what others keep in the folder of a stack stays: providers, plans, a link to the state", () => {
  const outdir = freshOutdir();
  write(outdir, { "stacks/one/cdk.tf.json": "1" }, ["one"]);
  const stack = join(outdir, "stacks", "one");
  mkdirSync(join(stack, ".terraform", "providers"), { recursive: true });
  writeFileSync(join(stack, ".terraform", "terraform.tfstate"), "backend");
  writeFileSync(join(stack, ".terraform.lock.hcl"), "lock");
  writeFileSync(join(stack, "plan"), "plan");
  symlinkSync("../../../state/one.tfstate", join(stack, "terraform.one.tfstate"));
  write(outdir, { "stacks/one/cdk.tf.json": "2", "stacks/one/assets/a/b.zip": "zip" }, ["one"]);
  expect(readdirSync(stack).sort()).toEqual([
    ".terraform",
    ".terraform.lock.hcl",
    "assets",
    "cdk.tf.json",
    "plan",
    "terraform.one.tfstate",
  ]);
  expect(readFileSync(join(stack, ".terraform", "terraform.tfstate"), "utf8")).toBe("backend");
  expect(readFileSync(join(stack, "cdk.tf.json"), "utf8")).toBe("2");
});

test("a folder in the place of a file is found before anything is moved", () => {
  const outdir = freshOutdir();
  write(outdir, { "stacks/one/cdk.tf.json": "1", "stacks/two/cdk.tf.json": "1" }, ["one", "two"]);
  rmSync(join(outdir, "stacks/two/cdk.tf.json"));
  mkdirSync(join(outdir, "stacks/two/cdk.tf.json"));
  const files = {
    "stacks/new/cdk.tf.json": "2",
    "stacks/one/cdk.tf.json": "2",
    "stacks/two/cdk.tf.json": "2",
  };
  expect(() => write(outdir, files, ["new", "one", "two"])).toThrow("is a folder");
  expect(readFileSync(join(outdir, "stacks/one/cdk.tf.json"), "utf8")).toBe("1");
  expect(readdirSync(join(outdir, "stacks")).sort()).toEqual(["one", "two"]);
});

test("what another process is writing is left to it", () => {
  const outdir = freshOutdir();
  write(outdir, { "stacks/one/cdk.tf.json": "1" }, ["one"]);
  const other = join(outdir, `.synthesis-${process.ppid}`);
  mkdirSync(other);
  write(outdir, { "stacks/one/cdk.tf.json": "2" }, ["one"]);
  expect(existsSync(other)).toBe(true);
});
