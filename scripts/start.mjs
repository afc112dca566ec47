// `npm start`: synthesizes every environment and prints who can do what.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function run(...script) {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", ...script], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

run("main.ts");
run(join("src", "cli", "index.ts"), "access");
console.error(
  "\nSynthesized to cdktf.out. Edit a file in environments/ and run npm start again; deploy with",
);
console.error("  npx cdktf deploy '<environment>-*'");
