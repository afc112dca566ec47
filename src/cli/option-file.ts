import { type WriteFileOptions, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandContext } from "./command";
import { CommandError } from "./command-error";

/**
 * Writes the file that an option names.
 *
 * @throws CommandError that names the option, where the file cannot be written
 */
export function writeOptionFile(
  option: string,
  file: string,
  text: string,
  { directory }: CommandContext,
  settings: WriteFileOptions = {},
): void {
  try {
    writeFileSync(resolve(directory, file), text, settings);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`${option} ${file}: ${reason}`, { cause });
  }
}
