import { spawn } from "node:child_process";
import type { CommandContext } from "../command";

const PATIENCE_MS = 15_000;

/** What a program prints, on whichever stream; undefined where there is none of it, or it does not end in time. */
export function runQuietly(
  command: string,
  args: readonly string[],
  { environmentVariables, directory }: CommandContext,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: directory,
      env: { ...environmentVariables, CHECKPOINT_DISABLE: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: PATIENCE_MS,
    });
    let text = "";
    const read = (chunk: Buffer) => {
      text = (text + chunk.toString("utf8")).slice(0, 2_000);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? text : undefined));
  });
}
