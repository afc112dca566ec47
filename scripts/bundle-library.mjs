// Bundles what the npm package ships as JavaScript: the library, the evaluator alone, the command line.
// As a program: node scripts/bundle-library.mjs OUTDIR, which also writes OUTDIR/meta.json, for tests.
import { chmodSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const LIBRARY_FILES = ["index.js", "iam.js", "cli.js"];

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // what the package depends on stays a dependency: one cdktf, one SDK
  packages: "external",
  logLevel: "warning",
  metafile: true,
};

export async function bundleLibrary(outdir) {
  const file = (name) => join(outdir, name);
  const iam = await build({ ...shared, entryPoints: ["src/iam/index.ts"], outfile: file("iam.js") });
  await build({ ...shared, entryPoints: ["src/index.ts"], outfile: file("index.js") });
  await build({
    ...shared,
    entryPoints: ["src/cli/index.ts"],
    outfile: file("cli.js"),
    banner: { js: "#!/usr/bin/env node" },
  });
  chmodSync(file("cli.js"), 0o755);
  return { iam: iam.metafile };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outdir = resolve(process.argv[2] ?? "dist");
  writeFileSync(join(outdir, "meta.json"), JSON.stringify(await bundleLibrary(outdir)));
}
