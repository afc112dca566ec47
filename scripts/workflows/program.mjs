import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Bytes of a plan as JSON. */
const LARGEST = 1 << 30;

/**
 * Runs a program without a shell.
 *
 * @returns its exit code and what it wrote; what it wrote is also shown, except the output of `quiet` ones
 * @throws Error where it cannot be started or was killed
 */
export function run(program, args, { cwd, quiet = false, env = {} } = {}) {
  const { status, stdout, stderr, error, signal } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1", ...env },
    maxBuffer: LARGEST,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (error !== undefined) throw new Error(`${program}: ${error.message}`);
  if (!quiet) process.stdout.write(stdout);
  process.stderr.write(stderr);
  if (status === null) throw new Error(`${program} ${args[0]}: ended by ${signal}`);
  return { status, stdout, stderr };
}

/** The same, for who expects one of some exit codes. */
export function runExpecting(codes, program, args, settings) {
  const result = run(program, args, settings);
  if (codes.includes(result.status)) return result;
  throw new Error(
    `${program} ${args.slice(0, 2).join(" ")}: expected exit code ${codes.join(" or ")}, got ${result.status}`,
  );
}

export const TERRAFORM = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";

/**
 * Runs `baseline` as the checkout in a folder has it, in another folder. Paths in its arguments are relative to that.
 *
 * @param code folder of the checkout, with its packages installed
 */
export function baseline(code, args, settings = {}) {
  const folder = resolve(code);
  const tsx = createRequire(join(folder, "package.json")).resolve("tsx");
  return run(
    process.execPath,
    ["--import", pathToFileURL(tsx).href, join(folder, "src/cli/index.ts"), ...args],
    settings,
  );
}
