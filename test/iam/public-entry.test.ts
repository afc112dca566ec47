import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseSync, transformSync } from "@swc/core";

const root = join(__dirname, "../..");
const entry = readFileSync(join(root, "src/iam/index.ts"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "iam-entry-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function node(...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

interface Exported {
  readonly name: string;
  /** Where it is declared, from the root. */
  readonly file: string;
  readonly isType: boolean;
}

/** Every name that the entry exports, with the file that declares it. */
const exported: readonly Exported[] = [
  ...entry.matchAll(/export (type )?\{([^}]+)\} from "\.\/([^"]+)"/g),
].flatMap(([, allTypes, names = "", module = ""]) =>
  names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map((written) => {
      const name = written.replace(/^type /, "");
      return {
        name,
        file: declaring(`src/iam/${module}.ts`, name),
        isType: allTypes !== undefined || written.startsWith("type "),
      };
    }),
);

/** A module may export again what another one declares. */
function declaring(file: string, name: string): string {
  const text = readFileSync(join(root, file), "utf8");
  const again = [...text.matchAll(/^export (?:type )?\{([^}]+)\} from "([^"]+)"/gm)].find(([, names = ""]) =>
    names.split(",").some((each) => each.trim().replace(/^type /, "") === name),
  );
  return again === undefined
    ? file
    : declaring(relative(root, `${join(root, file, "..", again[2] ?? "")}.ts`), name);
}

/** The example in the docstring of an export. */
function exampleOf({ file, name }: Exported): string | undefined {
  const text = readFileSync(join(root, file), "utf8");
  const declaration = new RegExp(`^export (?:const|function|interface|type|class) ${name}\\b`, "m").exec(
    text,
  );
  const docstring = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(text.slice(0, declaration?.index ?? 0))?.[0];
  const code = /@example\n \* ```ts\n([\s\S]*?) \* ```/.exec(docstring ?? "")?.[1];
  return code?.replace(/^ \* ?/gm, "");
}

/** The example with its claims as calls: `value; // 42` becomes `claim("value", value, 42);`. */
function withClaims(code: string): { readonly code: string; readonly claims: number } {
  const origin = parseSync("", { syntax: "typescript" }).span.end;
  const { body } = parseSync(code, { syntax: "typescript" });
  let result = code;
  let claims = 0;
  for (const item of [...body].reverse()) {
    if (item.type !== "ExpressionStatement") continue;
    const [start, end] = [
      item.span.start - originOf(body, code, origin),
      item.span.end - originOf(body, code, origin),
    ];
    const claim = /^ \/\/ (.+)$/m.exec(code.slice(end).split("\n")[0] ?? "")?.[1];
    if (claim === undefined) continue;
    claims += 1;
    const expression = code.slice(start, end).replace(/;$/, "");
    result = `${result.slice(0, start)}claim(${JSON.stringify(expression)}, ${expression}, ${claim});${result.slice(end)}`;
  }
  return { code: result, claims };
}

/** Spans count on from whatever was parsed before: the first statement tells where this text began. */
function originOf(
  body: readonly { readonly span: { readonly start: number } }[],
  code: string,
  fallback: number,
): number {
  const [first] = body;
  return first === undefined ? fallback : first.span.start - code.search(/\S/);
}

const examples = exported.map((one) => ({ ...one, example: exampleOf(one) }));

test.each(examples)("$name has an example that claims something", ({ name, example }) => {
  expect(example).toMatch(new RegExp(`\\b${name}\\b`));
  expect(withClaims(example ?? "").claims).toBeGreaterThan(0);
});

test("is all that is exported", () => {
  expect(exported.length).toBeGreaterThan(40);
  expect(entry).not.toMatch(/export \*/);
});

describe("the built module", () => {
  let built: NodeJS.Require;
  let meta: {
    iam: { inputs: Record<string, unknown>; outputs: Record<string, { imports: { path: string }[] }> };
  };

  beforeAll(() => {
    node("scripts/bundle-library.mjs", folder);
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
    built = createRequire(join(folder, "iam.js"));
    meta = JSON.parse(readFileSync(join(folder, "meta.json"), "utf8"));
  }, 60_000);

  test("is made of src/iam and src/findings alone", () => {
    const rooms = new Set(Object.keys(meta.iam.inputs).map((file) => file.split("/").slice(0, 2).join("/")));
    expect([...rooms].sort()).toEqual(["src/findings", "src/iam"]);
  });

  test("needs two small packages, and neither cdktf, a schema library nor the SDK", () => {
    const imports = Object.values(meta.iam.outputs).flatMap((output) =>
      output.imports.map(({ path }) => path),
    );
    expect([...new Set(imports)].filter((path) => !path.startsWith("node:")).sort()).toEqual([
      "fastest-levenshtein",
      "ipaddr.js",
    ]);
  });

  test("has every value that the entry names", () => {
    const values = exported.filter(({ isType }) => !isType).map(({ name }) => name);
    expect(Object.keys(built("./iam.js")).sort()).toEqual(values.sort());
  });

  test.each(examples)("does what the example of $name says", ({ example = "" }) => {
    const { code } = withClaims(example);
    const { code: script } = transformSync(code, {
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
      module: { type: "commonjs" },
    });
    const claims: [string, unknown, unknown][] = [];
    const run = new Function("require", "exports", "claim", script);
    run(
      () => built("./iam.js"),
      {},
      (text: string, actual: unknown, expected: unknown) => claims.push([text, actual, expected]),
    );
    for (const [text, actual, expected] of claims)
      expect({ [text]: plain(actual) }).toEqual({ [text]: expected });
  });

  test("and every example compiles against the types", () => {
    const sources = examples.map(({ example = "" }, index) => {
      const file = join(folder, `example-${index}.ts`);
      writeFileSync(file, `${example}\nexport {};\n`);
      return file;
    });
    const config = {
      extends: join(root, "tsconfig.json"),
      compilerOptions: {
        noUnusedLocals: true,
        types: ["node"],
        typeRoots: [join(root, "node_modules/@types")],
        rootDir: "/",
        paths: { "iam-baseline/iam": [join(root, "src/iam/index.ts")] },
      },
      include: [],
      files: sources,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    node(join(root, "node_modules/typescript/bin/tsc"), "-p", folder);
  });
});

/** Without prototypes: what a bundle makes is of another realm than the test. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
