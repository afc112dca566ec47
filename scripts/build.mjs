// Builds what the npm package ships: the library, the command line, their types and the functions' zips, into dist/.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleLibrary, LIBRARY_FILES } from "./bundle-library.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");

function run(file, ...args) {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

for (const part of [...LIBRARY_FILES, "types"]) rmSync(join(dist, part), { recursive: true, force: true });
await bundleLibrary(dist);
run(join(root, "node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json");
run("--import", "tsx", join(root, "scripts", "build-lambdas.ts"));
