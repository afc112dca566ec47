import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const src = join(__dirname, "../../src");

/** Each room imports itself and what stands below it, never above. Rooms of one line are apart: none imports another. */
const LAYERS: readonly (readonly string[])[] = [
  ["cli"],
  ["catalogue"],
  ["stacks"],
  ["constructs"],
  ["import", "export"],
  ["drift"],
  ["review"],
  ["doctor"],
  ["devices"],
  ["report"],
  ["proofs"],
  ["sources"],
  ["aws"],
  ["response"],
  ["credentials"],
  ["detection"],
  ["policies"],
  ["environment"],
  ["iam"],
  ["lambda-bundle"],
  ["findings"],
];
/** Rooms within rooms that stand in an order, too: the first may import the second, never the other way round. */
const INNER: readonly (readonly [above: string, below: string])[] = [
  ["proofs/escalation", "proofs/world"],
  ["proofs/recovery", "proofs/world"],
  ["sources/plan", "sources/graph"],
  ["sources/stack", "sources/graph"],
  ["sources/state", "sources/graph"],
  ["sources/account", "sources/graph"],
  ["sources/graph", "sources/hcl"],
  ["sources/hcl", "sources/resource"],
  ["sources/graph", "sources/resource"],
  ["sources/plan", "sources/sensitive"],
  ["sources/state", "sources/sensitive"],
  ["sources/stack", "sources/sensitive"],
  ["sources/sensitive", "sources/resource"],
];
/** The public API gathers everything. */
const ABOVE_ALL = ["index.ts"];

interface Import {
  readonly file: string;
  /** Path below src, as written: without an ending. */
  readonly module: string;
}

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)));
const roomOf = (path: string) => path.split("/")[0] ?? "";

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(src, file), "utf8");
  return [...text.matchAll(/(?:from|import\(|require\(|^import)\s*"(\.[^"]+)"/gm)].map(([, module = ""]) => ({
    file,
    module: join(dirname(file), module),
  }));
}

const imports = files.filter((file) => !ABOVE_ALL.includes(file)).flatMap(importsOf);
const rank = (room: string) => LAYERS.findIndex((layer) => layer.includes(room));
const told = ({ file, module }: Import) => `src/${file} imports src/${module}`;

describe("the rooms of src", () => {
  test("all have a place in the layout", () => {
    const rooms = new Set(files.filter((file) => !ABOVE_ALL.includes(file)).map(roomOf));
    expect([...rooms].filter((room) => rank(room) < 0)).toEqual([]);
  });

  test("are seen at all", () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports).toContainEqual({
      file: "stacks/identity-stack.ts",
      module: "constructs/assumable-role",
    });
  });

  test("import downwards only", () => {
    const upwards = imports.filter(
      ({ file, module }) => roomOf(file) !== roomOf(module) && rank(roomOf(module)) <= rank(roomOf(file)),
    );
    expect(upwards.map(told)).toEqual([]);
  });

  test.each(INNER)("src/%s stands above src/%s", (above, below) => {
    const upwards = imports.filter(
      ({ file, module }) => file.startsWith(`${below}/`) && module.startsWith(`${above}/`),
    );
    expect(upwards.map(told)).toEqual([]);
  });

  test("reach neither lambda, environments nor test", () => {
    expect(imports.filter(({ module }) => module.startsWith("..")).map(told)).toEqual([]);
  });
});

describe("the files of src", () => {
  test("import each other in no circle", () => {
    expect(circles(files)).toEqual([]);
  });

  test("would be told if they did", () => {
    const edges = new Map([
      ["a.ts", ["b.ts"]],
      ["b.ts", ["c.ts"]],
      ["c.ts", ["b.ts", "d.ts"]],
      ["d.ts", []],
    ]);
    expect(circlesOf(edges)).toEqual([["b.ts", "c.ts"]]);
  });
});

function circles(all: readonly string[]): readonly (readonly string[])[] {
  const known = new Set(all);
  return circlesOf(
    new Map(
      all.map((file) => [
        file,
        importsOf(file)
          .map(({ module }) => `${module}.ts`)
          .filter((target) => known.has(target)),
      ]),
    ),
  );
}

/** Strongly connected components of more than one file (Tarjan). */
function circlesOf(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: (readonly string[])[] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.size - 1);
    stack.push(file);
    for (const target of edges.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      if (stack.includes(target)) {
        lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(target) ?? 0));
      }
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) found.push(circle.toSorted());
  };
  for (const file of edges.keys()) if (!order.has(file)) visit(file);
  return found;
}
