import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/cli/run";
import { NOW } from "../builders/environment";

const folder = mkdtempSync(join(tmpdir(), "iam-baseline-project-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["that does not parse", "broken", "exports.environments = [\n", "got Unexpected"],
  [
    "that imports what is missing",
    "missing",
    'require("./prod");',
    'index.js:1: expected a file that can be loaded, got an import of "prod"',
  ],
  ["without environments", "other", "exports.other = 1;", "expected `export const environments = [...]`"],
  ["with an empty list", "empty", "exports.environments = [];", "got an empty list"],
])("refuses a project %s as its author's mistake, not as ours", async (_what, name, text, told) => {
  const directory = join(folder, name);
  mkdirSync(join(directory, "environments"), { recursive: true });
  writeFileSync(join(directory, "environments", "index.js"), text);
  const progress: string[] = [];
  const output = {
    result: () => {},
    progress: (line: string) => void progress.push(line),
    columns: undefined,
  };
  const code = await run(["keys", "list"], output, { directory, now: NOW });
  expect(code).toBe(1);
  expect(progress.join("\n")).toContain("environments/index");
  expect(progress.join("\n")).toContain(told);
  expect(progress.join("\n")).not.toContain("unexpected");
});
