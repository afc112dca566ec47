import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REFUSALS } from "../../src/catalogue/refusals";
import { UNKNOWN_RULE } from "../../src/catalogue/unknown-rule";
import { DEVICE_REFUSALS } from "../../src/devices/refusals";
import { RAISED_BY_COMMANDS } from "./raised/commands";
import { RAISED_BY_DOCUMENTS } from "./raised/documents";
import { RAISED_BY_ENVIRONMENTS } from "./raised/environments";
import { RAISED_BY_SOURCES } from "./raised/sources";

const raised = {
  ...RAISED_BY_ENVIRONMENTS,
  ...RAISED_BY_DOCUMENTS,
  ...RAISED_BY_SOURCES,
  ...RAISED_BY_COMMANDS,
};
/** Raised for real by the tests of their own room. */
const ELSEWHERE: readonly string[] = [UNKNOWN_RULE, ...DEVICE_REFUSALS].map(({ code }) => code);

test.each(REFUSALS.filter(({ code }) => !ELSEWHERE.includes(code)))(
  "$code is printed as its example says: see raised/",
  async ({ code, example }) => {
    expect(await raised[code]?.()).toBe(example);
  },
);

test("nothing is raised that no declaration has", () => {
  const codes: readonly string[] = REFUSALS.map(({ code }) => code);
  expect(Object.keys(raised).filter((code) => !codes.includes(code))).toEqual([]);
});

describe("declarations in src", () => {
  const src = join(__dirname, "../../src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const texts = new Map(files.map((file) => [file, readFileSync(join(src, file), "utf8")]));
  const declared = [...texts].flatMap(([file, text]) =>
    [...text.matchAll(/^export const (\w+) = defineRefusal\(\{\s*code: "([^"]+)"/gm)].map(
      ([, name = "", code = ""]) => ({
        file,
        name,
        code,
      }),
    ),
  );

  test("are all in the catalogue", () => {
    expect(declared.map(({ code }) => code).sort()).toEqual(
      REFUSALS.map(({ code }) => code as string).sort(),
    );
  });

  test.each(declared)("$name is used by what refuses, not only listed", ({ name }) => {
    const uses = [...texts].filter(([file, text]) => {
      if (file.startsWith("catalogue/refusals.")) return false;
      return (
        [...text.matchAll(new RegExp(`\\b${name}\\b`, "g"))].length >
        (text.includes(`const ${name} =`) ? 1 : 0)
      );
    });
    expect(uses.length).toBeGreaterThan(0);
  });
});
