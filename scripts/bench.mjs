/**
 * Runs the benchmarks: `npm run bench` all of them, `npm run bench -- synthesis` the named ones.
 *
 * Exit code 0: every target met. 1: a benchmark failed. 2: a target was missed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Those that need the AWS emulator, which is installed on demand. */
const WITH_EMULATOR = new Set(["deactivation"]);
/** `bench/<name>.ts`, but for the parts of others (`bench/<name>-<part>.ts`). */
const all = readdirSync(join(root, "bench"))
  .flatMap((file) => /^([a-z]+)\.ts$/.exec(file)?.[1] ?? [])
  .sort();

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark is called ${unknown.join(", ")}; there are ${all.join(", ")}`);
  process.exit(1);
}

let worst = 0;
for (const name of asked.length > 0 ? asked : all) {
  console.log(`\n== ${name} ==`);
  const emulator = join(root, "scripts", "ensure-emulator.mjs");
  if (WITH_EMULATOR.has(name) && existsSync(emulator)) node(emulator);
  const status = node("--import", "tsx", join("bench", `${name}.ts`));
  worst = status === 1 || worst === 1 ? 1 : Math.max(worst, status);
}
process.exitCode = worst;

/** @returns 0, 2 when a target was missed, 1 for every other end */
function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  return status === 0 || status === 2 ? status : 1;
}
