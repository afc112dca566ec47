import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, relative } from "node:path";

const ROOT = join(__dirname, "../..");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<
  "dependencies" | "devDependencies" | "peerDependencies",
  Readonly<Record<string, string>>
>;
const shipped = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
const installed = [...shipped, ...Object.keys(manifest.devDependencies)];

/** Imports and exports from a package, the last line of those with several, and `import(...)`; types are erased. */
const IMPORTED =
  /^(?:import(?! type)|export(?! type)|\})[^"\n]*\bfrom "([a-z@][^"\n]*)";$|\bimport\("([a-z@][^"\n]*)"\)/gm;

/** `@aws-sdk/client-iam` of `@aws-sdk/client-iam/dist-cjs/x`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Packages that the files of a folder import, each with a file that does. */
function importedIn(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    files.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(IMPORTED)]
        .map(([, statically, dynamically]) => packageOf(statically ?? dynamically ?? ""))
        .filter((name) => !isBuiltin(name))
        .map((name): [string, string] => [name, relative(ROOT, file)]),
    ),
  );
}

const missing = (imported: ReadonlyMap<string, string>, declared: readonly string[]) =>
  [...imported].filter(([name]) => !declared.includes(name)).map(([name, file]) => `${file}: ${name}`);

/** The package by its own name, in files that it writes; and what builds the functions, in a checkout alone. */
const OWN = ["iam-baseline"];
const BUILDS = ["esbuild", "fflate"];

test("whatever the package imports comes with it", () => {
  const imported = importedIn("src");
  expect(imported.has("@aws-sdk/client-iam")).toBe(true);
  expect(missing(imported, [...shipped, ...OWN, ...BUILDS])).toEqual([]);
});

test.each(["lambda", "test", "scripts", "bench", "environments"])(
  "whatever %s imports is installed",
  (folder) => {
    expect(missing(importedIn(folder), [...installed, ...OWN])).toEqual([]);
  },
);

test("a package that is not declared is found", () => {
  const without = shipped.filter((name) => name !== "@aws-sdk/client-eventbridge");
  expect(missing(importedIn("src"), [...without, ...OWN, ...BUILDS])).toEqual([
    expect.stringMatching(/^src\/.+: @aws-sdk\/client-eventbridge$/),
  ]);
});
