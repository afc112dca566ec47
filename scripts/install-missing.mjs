// Installs the packages where they are missing or older than the lock file. Needs Node.js and npm only.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const LEAST = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  console.error(
    `Node.js ${LEAST.join(".")} or later is needed, got ${process.versions.node}; install Node.js 22`,
  );
  process.exit(1);
}

const changed = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
// npm writes this file last: it is older than the lock file only where an installation is missing or stale
if (changed("node_modules/.package-lock.json") < changed("package-lock.json")) {
  console.error("Installing packages (npm ci) ...");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status, error } = spawnSync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error(`npm ci failed${error ? ` (${error.message})` : ""}; run it by hand to see why`);
    process.exit(1);
  }
}
