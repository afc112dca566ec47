import { type WriteFileOptions, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { FILE_UNWRITABLE } from "../catalogue/commands/option-refusals";
import { reasonOf } from "../findings/describe-error";
import { Refusal } from "../findings/refusal";
import type { CommandContext } from "./command";

/**
 * Writes the file that an option names.
 *
 * @throws Refusal that names the option, where the file cannot be written
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
    const reason = reasonOf(cause);
    throw new Refusal(
      FILE_UNWRITABLE,
      {
        where: `${option} ${file}`,
        expected: "a file that can be written",
        got: reason,
        remedy: `correct the path, which starts at ${directory}`,
      },
      { cause },
    );
  }
}
