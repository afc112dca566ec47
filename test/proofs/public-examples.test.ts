import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/core";
import * as entry from "../../src/index";

const root = join(__dirname, "../..");

/** The code of the example above a function, each `expression; // value` as a comparison. */
function exampleOf(file: string, name: string): string {
  const source = readFileSync(join(root, file), "utf8");
  const before = source.slice(0, source.indexOf(`export function ${name}(`));
  const block = before.slice(before.lastIndexOf("/**"));
  const [, code = ""] = /@example\n \* ```ts\n([\s\S]*?) \* ```/.exec(block) ?? [];
  return code
    .split("\n")
    .map((line) =>
      line.replace(/^ \* ?/, "").replace(/^(?!const |import )(\S.*?); \/\/ (.*)$/, "same($1, $2);"),
    )
    .join("\n");
}

test.each([
  ["prove", "src/proofs/prove.ts"],
  ["escalationsOf", "src/proofs/escalation/escalations-of.ts"],
])("%s does what its example says, by the package's own entry", (name, file) => {
  const { code } = transformSync(exampleOf(file, name), {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const same = jest.fn((got: unknown, said: unknown) => expect(got).toEqual(said));
  const load = (id: string) => {
    if (id !== "iam-baseline") throw new Error(`the example loads ${id}`);
    return entry;
  };
  new Function("require", "exports", "same", code)(load, {}, same);
  expect(same.mock.calls.length).toBeGreaterThan(1);
});
