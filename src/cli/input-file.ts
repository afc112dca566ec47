import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { reasonOf } from "../findings/describe-error";
import { Refusal } from "../findings/refusal";
import { FILE_NOT_JSON, FILE_UNREADABLE } from "../sources/resource/source-refusals";
import type { CommandContext } from "./command";

/** Folder that relative paths start from. */
type Folder = Pick<CommandContext, "directory">;

/**
 * The text of a file that an argument or option names; `-` is standard input.
 *
 * @param kind what should be in it, for the message
 * @throws Refusal where it cannot be read
 */
export function readTextFile(file: string, { directory }: Folder, kind = "a file"): string {
  try {
    return readFileSync(file === "-" ? 0 : resolve(directory, file), "utf8");
  } catch (cause) {
    throw new Refusal(
      FILE_UNREADABLE,
      {
        where: file,
        expected: `${kind} that can be read`,
        got: reasonOf(cause),
        remedy: `correct the path, which starts at ${directory}`,
      },
      { cause },
    );
  }
}

/**
 * A file as JSON.
 *
 * @throws Refusal where it cannot be read, or is no JSON: a saved plan is none, and nor is a file that was cut off
 */
export function readJsonFile(file: string, folder: Folder, kind?: string): unknown {
  const text = readTextFile(file, folder, kind);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal(
      FILE_NOT_JSON,
      {
        where: file,
        expected: "JSON",
        got: "something else",
        remedy:
          "give the output of terraform show -json PLANFILE or of baseline drift --save-inventory, whole",
      },
      { cause },
    );
  }
}
