import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RULE_AREAS } from "../../src/findings/rule";
import { REVIEW_RULES } from "../../src/review/rules/rules";

const rooms = join(__dirname, "../../src/review/rules");
const files = readdirSync(rooms, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => ({
    name: entry.name.replace(/\.ts$/, ""),
    text: readFileSync(join(entry.parentPath, entry.name), "utf8"),
  }));
const declared = files.flatMap(({ name, text }) =>
  [...text.matchAll(/defineRule\(\{\s*id: "([^"]+)"/g)].map(([, id = ""]) => ({ name, id })),
);

describe("the rules of the review", () => {
  test("are all on the list", () => {
    expect(declared.map(({ id }) => id).sort()).toEqual(REVIEW_RULES.map(({ id }) => id).sort());
  });

  test("stand each in a file of its name", () => {
    expect(declared.filter(({ name, id }) => name !== id)).toEqual([]);
  });

  test("are declared for the review", () => {
    expect(RULE_AREAS).toContain("review");
    expect(REVIEW_RULES.filter(({ area }) => area !== "review")).toEqual([]);
  });

  test("are named by their declaration, never by a literal", () => {
    expect(files.filter(({ text }) => /\brule: "/.test(text)).map(({ name }) => name)).toEqual([]);
  });
});
