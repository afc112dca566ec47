import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { reasonOf } from "../findings/describe-error";
import { Refusal } from "../findings/refusal";
import { terraformJson } from "../sources/file/terraform-json";
import { FILE_UNREADABLE } from "../sources/resource/source-refusals";
import type { CommandContext } from "./command";

/** Folder that relative paths start from. */
type Folder = Pick<CommandContext, "directory">;

/**
 * The text of a file that an argument or option names; `-` is standard input.
 *
 * @param kind what should be in it, for the message
 * @throws Refusal where it cannot be read
 */
export function readTextFile(file: string, folder: Folder, kind?: string): string {
  return Buffer.from(bytesOf(file, folder, kind)).toString("utf8");
}

function bytesOf(file: string, { directory }: Folder, kind = "a file"): Uint8Array {
  try {
    return readFileSync(file === "-" ? 0 : resolve(directory, file));
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
 * A file as JSON, in whatever encoding it was written.
 *
 * @throws Refusal where it cannot be read, is no JSON (a saved plan is none, and nor is a file that was cut off), or has
 * a key twice
 */
export function readJsonFile(file: string, folder: Folder, kind?: string): unknown {
  return terraformJson(bytesOf(file, folder, kind), file);
}
