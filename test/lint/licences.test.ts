import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");

interface Package {
  readonly license?: unknown;
  readonly licenses?: unknown;
}
const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), "utf8"));

const { packages } = json("package-lock.json") as { readonly packages: Readonly<Record<string, Package>> };
const { license: own } = json("package.json") as Package;

/** What the lock file says of a package, and what the installed package says of itself. */
function licencesOf([folder, locked]: readonly [string, Package]): readonly string[] {
  const file = join(folder, "package.json");
  const installed = existsSync(join(root, file)) ? (json(file) as Package) : {};
  return [locked, installed]
    .flatMap(({ license, licenses }) => [license, licenses])
    .filter((value) => value !== undefined)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
}

const FORBIDDEN = /AGPL|SSPL|Affero/i;
/** Where a package leaves the choice (`OR`), another licence is taken. */
const isRefused = (licence: string) =>
  FORBIDDEN.test(licence) &&
  (/ AND /i.test(licence) || licence.split(/ OR /i).every((one) => FORBIDDEN.test(one)));
const isUnknown = (licence: string) =>
  /^(?:|unlicensed|unknown|see licen[cs]e in.*|custom:.*)$/i.test(licence);

const dependencies = Object.entries(packages)
  .filter(([folder]) => folder !== "")
  .map((entry) => ({ name: entry[0], licences: licencesOf(entry) }));

describe("licences", () => {
  test("are read of every package, development included", () => {
    expect(own).toBe("Apache-2.0");
    expect(dependencies.length).toBeGreaterThan(300);
    expect(dependencies.find(({ name }) => name === "node_modules/cdktf")?.licences).toContain("MPL-2.0");
  });

  test("none is AGPL", () => {
    expect(dependencies.filter(({ licences }) => licences.some(isRefused))).toEqual([]);
  });

  test("none is unknown", () => {
    const unknown = dependencies.filter(({ licences }) => licences.length === 0 || licences.some(isUnknown));
    expect(unknown).toEqual([]);
  });

  test.each([
    "AGPL-3.0",
    "AGPL-3.0-or-later",
    "(AGPL-3.0-only)",
    "GNU Affero General Public License",
    "SSPL-1.0",
    "(MIT OR ISC) AND AGPL-3.0",
  ])("refuses %s", (licence) => expect(isRefused(licence)).toBe(true));

  test.each(["MIT", "GPL-3.0-or-later", "(MIT OR AGPL-3.0)", "Apache-2.0 AND MIT"])("takes %s", (licence) =>
    expect(isRefused(licence)).toBe(false),
  );
});
