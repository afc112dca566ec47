import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const ROOT = join(__dirname, "../..");

/** Lines of what is written by hand; what a script writes is as long as it is. */
const sizes = ["src", "lambda"]
  .flatMap((room) => readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /(?<!\.generated)\.ts$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => ({
    file: relative(ROOT, file),
    lines: readFileSync(file, "utf8").trimEnd().split("\n").length,
  }));

test("no file has more than 300 lines: one noun a file", () => {
  expect(sizes.length).toBeGreaterThan(500);
  expect(sizes.filter(({ lines }) => lines > 300)).toEqual([]);
});

test("half of the files have between 40 and 120 lines, or fewer", () => {
  const median = sizes.map(({ lines }) => lines).sort((a, b) => a - b)[Math.floor(sizes.length / 2)];
  expect(median).toBeLessThanOrEqual(120);
});
