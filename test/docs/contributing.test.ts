import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

test("the layout names every room of src, and no other", () => {
  const told = [...text.matchAll(/^src\/([a-z-]+)\//gm)].map(([, room]) => room);
  const there = readdirSync(join(root, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(told.sort()).toEqual(there.sort());
});

const paths = [...text.matchAll(/`((?:src|test|lambda|scripts|docs|environments|bench)\/[^`<*]*)`/g)].map(
  ([, path = ""]) => path.replace(/\/$/, ""),
);

test("there are paths to look at", () => {
  expect(paths.length).toBeGreaterThan(15);
});

test.each([...new Set(paths)])("%s is there", (path) => {
  expect(existsSync(join(root, path))).toBe(true);
});
