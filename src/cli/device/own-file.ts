import { lstatSync, mkdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import { FILE_NOT_WRITABLE } from "../../devices/file-refusals";
import { Refusal } from "../../findings/refusal";
import type { CommandContext } from "../command";

/** `~/.aws/config`, or the file that `AWS_CONFIG_FILE` names. */
export function awsConfigFile({ environmentVariables, directory }: CommandContext): string {
  const named = environmentVariables["AWS_CONFIG_FILE"];
  if (named !== undefined && named !== "") return resolve(directory, untilded(named, environmentVariables));
  return join(homeOf(environmentVariables), ".aws", "config");
}

/** A path as a person types it: `~/` is the home. */
export function untilded(path: string, variables: CommandContext["environmentVariables"]): string {
  return /^~(?=$|[/\\])/.test(path) ? join(homeOf(variables), path.slice(1)) : path;
}

function homeOf(variables: CommandContext["environmentVariables"]): string {
  const home = process.platform === "win32" ? variables["USERPROFILE"] : variables["HOME"];
  return home === undefined || home === "" ? homedir() : home;
}

/**
 * A text file, each byte as one character (Latin-1), so that what is not ours comes back as it was; empty where there
 * is none.
 *
 * @throws Refusal where it cannot be read
 */
export function readOwnFile(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch (cause) {
    if (codeOf(cause) === "ENOENT" && !isDanglingLink(file)) return "";
    throw refused(file, "a file that can be read", cause);
  }
}

/**
 * Replaces a file as a whole: by a rename, so that it is the old one or the new one whatever happens. A link is
 * followed, mode and owner stay; a new file is for its owner alone.
 *
 * @throws Refusal where it is read-only or cannot be written
 */
export function writeOwnFile(file: string, text: string): void {
  try {
    const existing = statSync(file, { throwIfNoEntry: false });
    if (existing !== undefined && (existing.mode & 0o222) === 0) {
      throw new Refusal(FILE_NOT_WRITABLE, {
        where: file,
        expected: "a file that may be written",
        got: "one that is read-only",
        remedy: "chmod u+w it, or put the printed block there by hand",
      });
    }
    if (existing === undefined) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const target = existing === undefined ? file : realpathSync(file);
    const mode = existing === undefined ? 0o600 : existing.mode & 0o7777;
    writeFileAtomic(target, Buffer.from(text, "latin1"), { mode });
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw refused(file, "a file that can be written", cause);
  }
}

function refused(file: string, expected: string, cause: unknown): Refusal {
  return new Refusal(
    FILE_NOT_WRITABLE,
    {
      where: file,
      expected,
      got: isDanglingLink(file) ? "a link that leads nowhere" : (codeOf(cause) ?? String(cause)),
      remedy: "make the file and its folder yours to write, or put the printed block there by hand",
    },
    { cause },
  );
}

function isDanglingLink(file: string): boolean {
  const link = lstatSync(file, { throwIfNoEntry: false });
  return link?.isSymbolicLink() === true && statSync(file, { throwIfNoEntry: false }) === undefined;
}

function codeOf(cause: unknown): string | undefined {
  return (cause as NodeJS.ErrnoException | undefined)?.code;
}
