import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const src = join(__dirname, "../../src");

/** Each layer imports itself and what stands below it, never above. Folders of one line are apart: none imports another. */
const LAYERS: readonly (readonly string[])[] = [
  ["cli"],
  ["stacks"],
  ["constructs"],
  ["drift", "devices"],
  ["review"],
  ["access"],
  ["baseline"],
  ["aws"],
  ["credentials"],
  ["policies"],
  ["environment"],
  ["findings", "lambda-bundle"],
];
/** The public API gathers everything. */
const ABOVE_ALL = ["index.ts"];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly file: string;
}

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)));
const folderOf = (path: string) => path.split("/")[0] ?? "";

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(src, file), "utf8");
  const modules = [...text.matchAll(/(?:from|import\(|require\(|^import)\s*"(\.[^"]+)"/gm)].map(
    ([, module = ""]) => module,
  );
  return modules.map((module) => ({ from: folderOf(file), to: folderOf(join(dirname(file), module)), file }));
}

const imports = files.filter((file) => !ABOVE_ALL.includes(file)).flatMap(importsOf);
const rank = (folder: string) => LAYERS.findIndex((layer) => layer.includes(folder));

describe("the folders of src", () => {
  test("all have a place in the layout", () => {
    const folders = new Set(files.filter((file) => !ABOVE_ALL.includes(file)).map(folderOf));
    expect([...folders].filter((folder) => rank(folder) < 0)).toEqual([]);
  });

  test("are seen at all", () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports).toContainEqual({ from: "stacks", to: "constructs", file: "stacks/identity-stack.ts" });
  });

  test("import downwards only", () => {
    const upwards = imports
      .filter(({ from, to }) => from !== to && rank(to) <= rank(from))
      .map(({ file, to }) => `src/${file} imports src/${to}`);
    expect([...new Set(upwards)]).toEqual([]);
  });

  test("reach neither lambda, environments nor test", () => {
    expect(imports.filter(({ to }) => to.startsWith("..")).map(({ file }) => file)).toEqual([]);
  });
});
