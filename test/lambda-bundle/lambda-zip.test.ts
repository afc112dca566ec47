import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { LAMBDA_FUNCTIONS } from "../../src/lambda-bundle/function-name";
import { bundleLambda, zipOf } from "../../src/lambda-bundle/lambda-build";
import { lambdaZip } from "../../src/lambda-bundle/lambda-zip";
import { packageRoot } from "../../src/lambda-bundle/package-root";

const ROOT = join(__dirname, "..", "..");
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lambda zip "));
  folders.push(folder);
  return folder;
}

/** The parts of the project that go into a function, at another place. */
function checkoutElsewhere(): string {
  const folder = newFolder();
  for (const part of ["lambda", "src", "package.json", "package-lock.json"]) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "dir");
  return folder;
}

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

describe.each(LAMBDA_FUNCTIONS)("the zip of %s", (name) => {
  const { code, sources } = bundleLambda(ROOT, name);
  const zip = zipOf(ROOT, code);
  const text = Buffer.from(code).toString("utf8");

  test("is the same from two builds on two paths, one of them with a blank", () => {
    const elsewhere = checkoutElsewhere();
    const { zipPath, sha256Base64 } = lambdaZip(name, elsewhere);
    expect(Buffer.compare(readFileSync(zipPath), zip)).toBe(0);
    expect(sha256Base64).toBe(createHash("sha256").update(zip).digest("base64"));
  });

  test("is the same in every time zone", () => {
    const before = process.env["TZ"];
    try {
      const zips = ["UTC", "Asia/Tokyo", "America/Los_Angeles"].map((zone) => {
        process.env["TZ"] = zone;
        return Buffer.from(zipOf(ROOT, code)).toString("base64");
      });
      expect(new Set(zips).size).toBe(1);
    } finally {
      if (before === undefined) delete process.env["TZ"];
      else process.env["TZ"] = before;
    }
  });

  test("holds one file that is below 400 kB", () => {
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(["index.js"]);
    expect(code.length).toBeLessThan(400 * 1024);
  });

  test("holds no path of this machine, no source map, no test and no environment", () => {
    expect(text).not.toContain(ROOT);
    expect(text).not.toMatch(/sourceMappingURL|sourcesContent/);
    expect(text).not.toMatch(/aws-sdk-client-mock|fast-check|123456789012|111122223333|203\.0\.113\./);
    expect(sources.filter((path) => !/^(lambda|src)\//.test(path))).toEqual([]);
  });

  test("holds no cdktf and no package that only synthesis needs", () => {
    expect(text).not.toMatch(/cdktf|constructs\/lib|zod/);
  });

  test("loads in less than 100 ms of CPU and exports a handler", () => {
    const folder = newFolder();
    const file = join(folder, "index.js");
    writeFileSync(file, code);
    const script = `const before = process.cpuUsage(); const { handler } = require(${JSON.stringify(file)}); const { user, system } = process.cpuUsage(before); process.stdout.write(JSON.stringify({ handler: typeof handler, ms: (user + system) / 1000 }))`;
    const runs = [1, 2, 3].map(() =>
      JSON.parse(spawnSync(process.execPath, ["-e", script], { encoding: "utf8" }).stdout),
    );
    expect(runs[0].handler).toBe("function");
    expect(Math.min(...runs.map((run) => run.ms))).toBeLessThan(100);
  });
});

describe("the zip that synthesis takes", () => {
  const NAME = "deactivate-access-keys";

  test("is built once and taken from dist after that", () => {
    const root = checkoutElsewhere();
    const first = lambdaZip(NAME, root);
    writeFileSync(first.zipPath, "untouched");
    lambdaZip(NAME, root);
    expect(readFileSync(first.zipPath, "utf8")).toBe("untouched");
  });

  test.each([
    ["a source", "src/credentials/run/run-deps.ts"],
    ["the lock file", "package-lock.json"],
  ])("is built again after %s changed", (_what, path) => {
    const root = checkoutElsewhere();
    const { zipPath } = lambdaZip(NAME, root);
    writeFileSync(zipPath, "stale");
    writeFileSync(join(root, path), `${readFileSync(join(root, path), "utf8")}\n`);
    lambdaZip(NAME, root);
    expect(readFileSync(zipPath, "utf8")).not.toBe("stale");
  });

  test("comes with an installed package, which has neither sources nor esbuild", () => {
    const root = newFolder();
    const installed = join(root, "node_modules", "iam-baseline");
    mkdirSync(join(installed, "dist", "lambda"), { recursive: true });
    writeFileSync(join(installed, "package.json"), JSON.stringify({ name: "iam-baseline" }));
    writeFileSync(join(installed, "dist", "lambda", `${NAME}.zip`), "as published");
    expect(lambdaZip(NAME, packageRoot([root])).sha256Base64).toBe(
      createHash("sha256").update("as published").digest("base64"),
    );
  });

  test("refuses an installed package without it", () => {
    const root = newFolder();
    expect(() => lambdaZip(NAME, root)).toThrow("install the package again");
  });

  test("refuses to build where the checkout's packages are not installed, and says what to do", () => {
    const root = checkoutElsewhere();
    rmSync(join(root, "node_modules"));
    expect(() => lambdaZip(NAME, root)).toThrow("run `npm ci` there");
  });

  test("refuses a place where the package is not", () => {
    expect(() => packageRoot([newFolder()])).toThrow("run synthesis in the project that depends on it");
  });
});
