import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { transformSync } from "@swc/core";
import { App, TerraformStack } from "cdktf";
import * as baseline from "../../src";

jest.setTimeout(180_000);

const ROOT = resolve(__dirname, "../..");
const page = readFileSync(join(ROOT, "docs/constructs.md"), "utf8");
const [preamble = "", ...examples] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
const constructs = [
  ...readFileSync(join(ROOT, "src/index.ts"), "utf8").matchAll(
    /export \{ (\w+),[^}]*\} from "\.\/constructs\//g,
  ),
].map(([, name = ""]) => name);

test("the page has an example of every construct of the public API", () => {
  expect(constructs.length).toBeGreaterThan(15);
  expect(constructs.filter((name) => !page.includes(`new baseline.${name}(`))).toEqual([]);
});

test.each(examples.map((code) => [/new baseline\.(\w+)\(stack/.exec(code)?.[1] ?? code, code]))(
  "%s synthesizes alone",
  (_name, code) => {
    const stack = new TerraformStack(new App(), "ours");
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    // any file stands for the zip
    const { code: script } = transformSync(
      code.replace('"nightly.zip"', JSON.stringify(join(ROOT, "package.json"))),
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        isModule: false,
      },
    );
    // of the page, which is part of this repository
    new Function("baseline", "stack", script)(baseline, stack);
    const { resource } = stack.toTerraform() as { resource: Readonly<Record<string, unknown>> };
    expect(Object.keys(resource).length).toBeGreaterThan(0);
  },
);

test("every example compiles as it stands", () => {
  const folder = mkdtempSync(join(ROOT, "test/docs/.constructs-page-"));
  try {
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    const bodies = examples.map((code) => `{\n${code}}\n`).join("");
    writeFileSync(join(folder, "page.ts"), `${preamble}${bodies}`);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: join(ROOT, "tsconfig.json"),
        compilerOptions: { paths: { "iam-baseline": [join(ROOT, "src/index.ts")] } },
        include: ["page.ts"],
      }),
    );
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder],
      { encoding: "utf8" },
    );
    expect([status, stdout]).toEqual([0, ""]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
