import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { errorsPage, findingIdsFile, rulesPage } from "../../src/catalogue/reference-pages";
import { REFUSALS } from "../../src/catalogue/refusals";
import { RULES } from "../../src/catalogue/rules";
import { SEVERITIES } from "../../src/findings/severity";

const committed = (file: string) => readFileSync(join(__dirname, "../../docs", file), "utf8");
const ids = [...RULES.map(({ id }) => id), ...REFUSALS.map(({ code }) => code)];

/** Ids of every declaration in src, found by its text. */
function declaredIds(): readonly string[] {
  const src = join(__dirname, "../../src");
  return readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [
      ...readFileSync(join(src, file), "utf8").matchAll(/= define(?:Rule|Detection)\(\{\s*id: "([^"]+)"/g),
    ])
    .map(([, id = ""]) => id);
}

describe("the catalogue", () => {
  test("lists every rule that is declared in src", () => {
    expect(RULES.map(({ id }) => id as string).sort()).toEqual([...declaredIds()].sort());
  });

  test("holds each id once in its area, and no code of a refusal that is a rule's", () => {
    const own = [...RULES.map(({ area, id }) => `${area} ${id}`), ...REFUSALS.map(({ code }) => code)];
    expect(own.filter((id, index) => own.indexOf(id) !== index)).toEqual([]);
    expect(REFUSALS.filter(({ code }) => RULES.some(({ id }) => id === code))).toEqual([]);
  });

  test.each(ids)("%s is kebab-case", (id) => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
  });

  test.each(RULES)("$id is declared whole", (rule) => {
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/s);
    expect(rule.why.length).toBeGreaterThan(40);
    expect(rule.remedy).toMatch(/\.$/);
    expect(rule.example.before).not.toBe("");
    expect(rule.example.after).not.toBe("");
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
    const order = rule.severities.map((severity) => SEVERITIES.indexOf(severity));
    expect(order).toEqual([...new Set(order)].sort((left, right) => left - right));
  });

  test.each(REFUSALS)("$code is declared whole", (refusal) => {
    expect(refusal.title).toMatch(/^[A-Z].*[^.]$/s);
    expect(refusal.why).toMatch(/\.$/);
    expect(refusal.remedy).toMatch(/\.$/);
    expect(refusal.example).not.toBe("");
    expect(refusal.since).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("docs/rules.md says what it says (npm run docs)", () => {
    expect(committed("rules.md")).toBe(rulesPage(RULES));
  });

  test("src/findings/finding-ids.generated.ts lists them (npm run docs)", () => {
    const file = join(__dirname, "../../src/findings/finding-ids.generated.ts");
    expect(readFileSync(file, "utf8")).toBe(findingIdsFile(RULES));
  });

  test("docs/errors.md says what it says (npm run docs)", () => {
    expect(committed("errors.md")).toBe(errorsPage(REFUSALS));
  });
});
