import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** What is committed: a link to a generated or an ignored file is broken for whoever clones. */
const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter(Boolean);
const known = new Set(tracked.flatMap((file) => [file, ...foldersAbove(file)]));
const pages = tracked.filter((file) => file.endsWith(".md") && existsSync(join(root, file)));

function foldersAbove(file: string): readonly string[] {
  const folder = dirname(file);
  return folder === "." ? [] : [folder, ...foldersAbove(folder)];
}

/** `[text](target)` outside of fenced blocks. */
function linksOf(page: string): readonly string[] {
  const text = read(page).replace(/^```[\s\S]*?^```/gm, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
}

const isRelative = (target: string) => !/^[a-z]+:/.test(target);

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
const anchorsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) => anchorOf(text));

function isBroken(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : join(dirname(page), path).replace(/\/$/, "");
  if (!known.has(file)) return true;
  return anchor !== undefined && file.endsWith(".md") && !anchorsOf(file).includes(anchor);
}

describe("documentation", () => {
  test("is seen", () => {
    expect(pages).toEqual(
      expect.arrayContaining(["README.md", "docs/access.md", "docs/decisions/README.md"]),
    );
    expect(pages.flatMap(linksOf).filter(isRelative).length).toBeGreaterThan(20);
  });

  test("links to files and headings that exist", () => {
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter((target) => isRelative(target) && isBroken(page, target))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test("names only pages that exist where it does not link", () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/(?<![\w/.-])docs\/[\w/-]+\.(?:md|svg|json)/g)]
        .filter(([name]) => !known.has(name))
        .map(([name]) => `${page}: ${name}`),
    );
    expect(broken).toEqual([]);
  });

  test("names only scripts that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:--?[a-z-]+ )*([a-z0-9][a-z0-9:]*)/g)].map(
        ([, script = ""]) => script,
      ),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  test("names only scripts of ours that exist", () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/(?<![\w/.-])scripts\/[\w/-]+\.(?:mjs|ts|sh)/g)]
        .filter(([name]) => !known.has(name))
        .map(([name]) => `${page}: ${name}`),
    );
    expect(broken).toEqual([]);
  });
});
