import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { format } from "node:util";
import { runInNewContext } from "node:vm";
import { transformSync } from "@swc/core";
import * as publicApi from "../../src/index";
import { environments } from "../shipped";
import { type SynthesizedProject, synthesizedProject } from "../support/synthesized-project";

/** A code block of a page, with the output block that follows it, if one does. */
interface Example {
  readonly language: string;
  readonly code: string;
  readonly output: string | undefined;
}

const page = readFileSync(join(__dirname, "../../docs/access.md"), "utf8");
const examples: readonly Example[] = [...page.matchAll(/```(sh|ts)\n(.*?)```(?:\n```text\n(.*?)```)?/gs)].map(
  ([, language = "", code = "", output]) => ({ language, code, output }),
);

let project: SynthesizedProject;
beforeAll(() => {
  project = synthesizedProject(...environments);
  for (const [name, fixture] of [
    ["plan.json", "drift.plan.json"],
    ["prod.json", "drift.account-authorization-details.json"],
  ] as const) {
    project.write(name, readFileSync(join(__dirname, "../fixtures/terraform", fixture), "utf8"));
  }
});
afterAll(() => project.remove());

const commands = examples
  .filter(({ language }) => language === "sh")
  .flatMap(({ code, output }) =>
    code
      .trim()
      .split("\n")
      .map((line) => ({ line, output })),
  );

test.each(commands)("docs/access.md: $line", async ({ line, output }) => {
  const [program, ...argv] = line.split(" ").map((word) => word.replace(/^'(.*)'$/, "$1"));
  const { code, result, progress } = await project.baseline(...argv);
  expect([program, code, progress.replace(/^wrote .*\n$/, "")]).toEqual(["iam-baseline", 0, ""]);
  if (output !== undefined) expect(result).toBe(output);
});

test.each(examples.filter(({ language }) => language === "ts"))(
  "docs/access.md: the library example prints what it says",
  ({ code, output }) => {
    expect(printed(code, project.directory)).toBe(output);
  },
);

/** Runs TypeScript that imports this package, in a folder. */
function printed(code: string, directory: string): string {
  const { code: script } = transformSync(code, {
    jsc: { target: "es2023", parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  });
  const lines: string[] = [];
  const modules: Readonly<Record<string, unknown>> = {
    "iam-baseline": publicApi,
    "node:fs": {
      readFileSync: (file: string, encoding: BufferEncoding) =>
        readFileSync(isAbsolute(file) ? file : join(directory, file), encoding),
    },
  };
  runInNewContext(script, {
    exports: {},
    require: (name: string) => modules[name],
    console: { log: (...values: readonly unknown[]) => lines.push(format(...values)) },
    JSON,
  });
  return lines.map((line) => `${line}\n`).join("");
}
