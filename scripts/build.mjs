// Builds what the npm package ships: the library, the command line, their types and the functions' zips, into dist/.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");

function run(file, ...args) {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

for (const part of ["index.js", "cli.js", "types"])
  rmSync(join(dist, part), { recursive: true, force: true });
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // what the package depends on stays a dependency: one cdktf, one SDK
  packages: "external",
  logLevel: "info",
};
await build({ ...shared, entryPoints: ["src/index.ts"], outfile: "dist/index.js" });
if (existsSync(join(root, "src/cli/index.ts"))) {
  await build({
    ...shared,
    entryPoints: ["src/cli/index.ts"],
    outfile: "dist/cli.js",
    banner: { js: "#!/usr/bin/env node" },
  });
  chmodSync(join(dist, "cli.js"), 0o755);
}
run(join(root, "node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json");
run("--import", "tsx", join(root, "scripts", "build-lambdas.ts"));
