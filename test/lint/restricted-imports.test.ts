import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "../..");
const BARREL = "@cdktf/provider-aws";
const SUBPATH = "@cdktf/provider-aws/lib/iam-user";

const withoutCdktf = [
  "src/iam",
  "src/iam/evaluation",
  "src/sources",
  "src/proofs",
  "src/report",
  "src/policies",
  "src/credentials",
  "src/environment",
  "src/environment/rules",
  "src/review",
  "src/drift",
  "src/devices",
  "src/findings",
  "src/cli",
  "lambda/deactivate-access-keys",
  "environments",
];
const withCdktf = ["src/constructs", "src/stacks"];

const cases: [folder: string, module: string, refused: boolean][] = [
  ...withoutCdktf.flatMap((folder) =>
    ["cdktf", "cdktf/lib/app", "constructs", BARREL, SUBPATH, "@cdktf/provider-random/lib/provider"].map(
      (module): [string, string, boolean] => [folder, module, true],
    ),
  ),
  ...withoutCdktf.map((folder): [string, string, boolean] => [folder, "zod", false]),
  ...[...withCdktf, "."].flatMap((folder): [string, string, boolean][] => [
    [folder, BARREL, true],
    [folder, "@cdktf/provider-random", true],
    [folder, SUBPATH, false],
    [folder, "cdktf", false],
    [folder, "constructs", false],
  ]),
];

/** All cases as files of one folder with the project's configuration, judged by one run of the linter. */
function refusedFiles(): ReadonlySet<string> {
  const folder = mkdtempSync(join(tmpdir(), "iam-baseline-lint-"));
  try {
    const { vcs: _, ...configuration } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify(configuration));
    for (const [index, [place, module]] of cases.entries()) {
      const file = join(folder, place, `case-${index}.ts`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `import { x } from "${module}";\nexport const y = x;\n`);
    }
    const { stdout, stderr } = spawnSync(
      join(root, "node_modules/.bin/biome"),
      ["lint", "--only=style/noRestrictedImports", "--reporter=json", "--max-diagnostics=1000"],
      { cwd: folder, encoding: "utf8" },
    );
    if (!stdout.trim().startsWith("{")) throw new Error(`biome did not report: ${stderr}`);
    return new Set(stdout.match(/case-\d+\.ts/g) ?? []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the linter", () => {
  const refused = refusedFiles();

  test.each(
    cases.map(
      ([folder, module, expected], index) =>
        [expected ? "refuses" : "takes", module, folder, index, expected] as const,
    ),
  )("%s an import of %s in %s", (_verb, _module, _folder, index, expected) => {
    expect(refused.has(`case-${index}.ts`)).toBe(expected);
  });
});
