import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CommandContext } from "./command";

/** Bytes that take longer than a second to read and judge. */
const LONG = 2_000_000;

/**
 * Says that files are read, where they are so large that it takes longer than a second: nothing else can be told while they
 * are.
 *
 * @param what `reviewing`
 * @param paths files, or folders of synthesized stacks
 */
export function tellOfLongFiles(
  what: string,
  paths: readonly string[],
  { directory, output }: Pick<CommandContext, "directory" | "output">,
): void {
  const bytes = paths.reduce((sum, path) => sum + sizeOf(resolve(directory, path)), 0);
  if (bytes < LONG) return;
  const text = `${what} ${paths.join(", ")} (${Math.round(bytes / 1_000_000)} MB)`;
  if (output.status === undefined) output.progress(text);
  else output.status(text);
}

/** What cannot be looked at is told by whoever reads it. */
function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.size;
  const stacks = join(path, "stacks");
  if (statSync(stacks, { throwIfNoEntry: false })?.isDirectory() !== true) return 0;
  return readdirSync(stacks).reduce((sum, name) => sum + sizeOf(join(stacks, name, "cdk.tf.json")), 0);
}
