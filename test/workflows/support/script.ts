import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Worker } from "node:worker_threads";

const FOLDER = join(__dirname, "../../../scripts/workflows");

export interface ScriptResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Variables = Readonly<Record<string, string>>;

/** Runs a script of the workflows as a job's step does, with these environment variables and no others but PATH and HOME. */
export function runScript(
  name: string,
  args: readonly string[],
  variables: Variables = {},
  /** Only shell scripts have a folder of their own. */
  cwd?: string,
): Promise<ScriptResult> {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, ...variables };
  return name.endsWith(".sh") ? runShell(name, args, env, cwd) : runThread(name, args, env);
}

/** A thread of its own: its own modules, arguments, environment variables and exit code, without the start of a process. */
function runThread(name: string, args: readonly string[], env: Variables): Promise<ScriptResult> {
  const worker = new Worker(join(FOLDER, name), { argv: [...args], env, stdout: true, stderr: true });
  const texts = collected(worker.stdout, worker.stderr);
  return new Promise((resolve) => {
    // node prints what nobody catches, and exits with 1
    worker.on("error", (error) => {
      texts.stderr += error instanceof Error ? (error.stack ?? error.message) : String(error);
    });
    worker.on("exit", (status) => resolve({ status, ...texts }));
  });
}

function runShell(
  name: string,
  args: readonly string[],
  env: Variables,
  cwd: string | undefined,
): Promise<ScriptResult> {
  const child = spawn("bash", [join(FOLDER, name), ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    ...(cwd !== undefined && { cwd }),
  });
  const texts = collected(child.stdout, child.stderr);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...texts }));
  });
}

function collected(stdout: Readable, stderr: Readable): { stdout: string; stderr: string } {
  const texts = { stdout: "", stderr: "" };
  stdout.setEncoding("utf8").on("data", (text: string) => {
    texts.stdout += text;
  });
  stderr.setEncoding("utf8").on("data", (text: string) => {
    texts.stderr += text;
  });
  return texts;
}
