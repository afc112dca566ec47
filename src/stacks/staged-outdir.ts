import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { withoutInterruption } from "./without-interruption";

/** What is on its way lies here, in the outdir, and so on the same file system: `.synthesis-<process id>`. */
const STAGING = /^\.synthesis-(\d+)$/;
/** Stands in a staging folder whose files are all there: from here on there is only forward. */
const COMPLETE = "complete";

/**
 * Writes an outdir whole or not at all. `write` fills a staging folder; where it throws, the outdir is as it was. Then
 * every file is moved to its place, which no signal interrupts; what a crash leaves half moved, the next call ends.
 * Files of others (`.terraform`, plans, states) stay where they are: the files of a stack are replaced, never its
 * folder, in which a terraform may be running.
 *
 * @param write fills the folder that it is given, and returns the names of all stacks there are: other stacks of the
 *   outdir are removed
 */
export function writeWhole(outdir: string, write: (staging: string) => readonly string[]): void {
  if (statSync(outdir, { throwIfNoEntry: false })?.isDirectory() === false)
    throw Object.assign(new Error(`${outdir} is a file`), { code: "EEXIST", path: outdir });
  withoutInterruption(() => {
    const staging = join(outdir, `.synthesis-${process.pid}`);
    const made: string[] = [];
    try {
      makeFolder(outdir, made);
      endEarlierOnes(outdir);
      mkdirSync(staging);
      const stacks = write(staging);
      prepare(staging, outdir, made);
      writeFileSync(join(staging, COMPLETE), JSON.stringify(stacks));
    } catch (error) {
      if (existsSync(staging)) rmSync(staging, { recursive: true });
      for (const folder of made.reverse()) rmdirSync(folder);
      throw error;
    }
    moveIntoPlace(staging, outdir, readStacks(staging));
  });
}

/** Everything that can fail is done before the first file is moved: folders, and whether files may be put there. */
function prepare(staging: string, outdir: string, made: string[]): void {
  for (const file of filesOf(staging)) {
    const target = join(outdir, file);
    makeFolder(dirname(target), made);
    accessSync(dirname(target), constants.W_OK | constants.X_OK);
    if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory() === true)
      throw Object.assign(new Error(`${target} is a folder`), { code: "EISDIR", path: target });
  }
}

/** With the folders above it, one by one: `recursive` tells of a file system that is read only as of one that is not there. */
function makeFolder(folder: string, made: string[]): void {
  for (const missing of missingFolders(folder)) {
    mkdirSync(missing);
    made.push(missing);
  }
}

/** From the outermost on. */
function missingFolders(folder: string): readonly string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder];
}

function moveIntoPlace(staging: string, outdir: string, stacks: readonly string[]): void {
  for (const file of filesOf(staging)) {
    if (file === COMPLETE) continue;
    const target = join(outdir, file);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(staging, file), target);
  }
  removeOtherStacks(join(outdir, "stacks"), new Set(stacks));
  rmSync(staging, { recursive: true, force: true });
}

/**
 * Takes the stacks of earlier runs out of the outdir, as the command line of cdktf does: an environment that nobody
 * declares any more would go on being reported, and planned.
 */
function removeOtherStacks(folder: string, stacks: ReadonlySet<string>): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (stacks.has(name) || !existsSync(join(folder, name, "cdk.tf.json"))) continue;
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function readStacks(staging: string): readonly string[] {
  return JSON.parse(readFileSync(join(staging, COMPLETE), "utf8")) as readonly string[];
}

/** Files below a folder, by their path in it. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** What a process that is gone left behind: moved to the end where it was complete, else thrown away. */
function endEarlierOnes(outdir: string): void {
  for (const name of readdirSync(outdir)) {
    const processId = STAGING.exec(name)?.[1];
    if (processId === undefined || isRunning(Number(processId))) continue;
    const staging = join(outdir, name);
    if (existsSync(join(staging, COMPLETE))) moveIntoPlace(staging, outdir, readStacks(staging));
    else rmSync(staging, { recursive: true, force: true });
  }
}

function isRunning(processId: number): boolean {
  if (processId === process.pid) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
