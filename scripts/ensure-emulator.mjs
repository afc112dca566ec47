/**
 * Makes the virtual environment of the AWS emulator that the tests talk to, when it is missing or its
 * requirements changed: `.venv-emulator`, from `test/support/requirements.txt`. A second call reads one stamp file.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const venv = join(root, ".venv-emulator");
const requirements = join(root, "test", "support", "requirements.txt");
const stamp = join(venv, "requirements.sha256");
const windows = process.platform === "win32";
const python = windows ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");
const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");

if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) process.exit(0);

const system = ["python3", "python"].find(
  (name) =>
    spawnSync(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"], { stdio: "ignore" })
      .status === 0,
);
if (system === undefined) {
  fail(
    "the tests need Python 3.10 or later for their AWS emulator, and neither `python3` nor `python` answers as one",
    "install Python (https://www.python.org/downloads/) and run `npm test` again; the project itself does not need it",
  );
}

process.stderr.write("Installing the AWS emulator of the tests into .venv-emulator (once, about 10 s)\n");
rmSync(venv, { recursive: true, force: true });
run(
  [system, "-m", "venv", venv],
  "Python could not make a virtual environment; on Debian and Ubuntu install the package `python3-venv`",
);
run(
  [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements],
  "pip could not install test/support/requirements.txt; check the connection to the Python package index",
);
writeFileSync(stamp, wanted);

function run([command, ...args], remedy) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return;
  rmSync(venv, { recursive: true, force: true });
  fail(
    `${command} ${args.join(" ")}: ${error?.message ?? `exit code ${status}`}\n${stdout ?? ""}${stderr ?? ""}`,
    remedy,
  );
}

function fail(what, remedy) {
  process.stderr.write(`scripts/ensure-emulator.mjs: ${what.trim()}\n${remedy}\n`);
  process.exit(1);
}
