import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runbooksPage } from "../../src/catalogue/reference-pages";
import { DETECTION_IDS, DETECTIONS } from "../../src/detection/detections";

const folder = join(__dirname, "../../docs/runbooks");
const page = (name: string) => readFileSync(join(folder, name), "utf8");

test("every detection has a runbook, and every runbook a detection", () => {
  const pages = readdirSync(folder).filter((name) => name !== "README.md");
  expect(pages.map((name) => name.replace(".md", "")).sort()).toEqual([...DETECTION_IDS].sort());
});

test.each(DETECTIONS.map(({ id, title }) => [id, title]))(
  "the runbook of %s is written by hand",
  (id, title) => {
    const text = page(`${id}.md`);
    expect(text.split("\n")[0]).toBe(`# ${title}`);
    const sections = text.split(/^## /m).slice(1);
    expect(sections.length).toBeGreaterThanOrEqual(2);
    // numbered steps, and an end
    expect(text).toMatch(/^1\. /m);
    expect(text).toMatch(/^2\. /m);
    expect(text).toContain("## Afterwards");
  },
);

test("no two runbooks hold the same step", () => {
  const steps = DETECTION_IDS.flatMap((id) => page(`${id}.md`).match(/^\d\. .+$/gm) ?? []);
  expect(steps.filter((step, index) => steps.indexOf(step) !== index)).toEqual([]);
});

test("the list says what is declared (npm run docs)", () => {
  expect(page("README.md")).toBe(runbooksPage(DETECTIONS));
});
