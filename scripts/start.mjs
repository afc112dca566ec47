// `npm start`: synthesizes every environment, and prints what is new and a first look at each.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stacks = join(root, process.env.CDKTF_OUTDIR ?? "cdktf.out", "stacks");

function run(...script) {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", ...script], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Digest of each stack's configuration, by its name. */
function digests() {
  const names = existsSync(stacks) ? readdirSync(stacks) : [];
  const files = names
    .map((name) => [name, join(stacks, name, "cdk.tf.json")])
    .filter(([, file]) => existsSync(file));
  return new Map(
    files.map(([name, file]) => [name, createHash("sha256").update(readFileSync(file)).digest("hex")]),
  );
}

const before = digests();
run("main.ts");
const after = digests();
const changes = [
  ["new", [...after.keys()].filter((name) => !before.has(name))],
  [
    "changed",
    [...after]
      .filter(([name, digest]) => before.has(name) && before.get(name) !== digest)
      .map(([name]) => name),
  ],
  ["gone", [...before.keys()].filter((name) => !after.has(name))],
].filter(([, names]) => names.length > 0);
for (const [what, names] of changes) console.log(`${what} in cdktf.out: ${names.sort().join(", ")}`);
if (changes.length === 0) console.log(`cdktf.out: ${after.size} stacks, as before`);
console.log("");
run(join("src", "cli", "index.ts"), "overview");
