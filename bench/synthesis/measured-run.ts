import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one run of a program cost. */
export interface Cost {
  /** User and system time of the process and of every process it waited for. */
  readonly cpuSeconds: number;
  /** Largest peak resident set among its Node.js processes, in MB (10^6 bytes). */
  readonly peakMegabytes: number;
}

export interface Program {
  readonly name: string;
  /** Arguments of node. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const RECORDER = join(__dirname, "rss-recorder.cjs");

/**
 * Runs a program with this Node.js and tells what it cost. The shell's `times` counts children too, such as the compiler
 * service that tsx starts; so this needs a POSIX shell.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#times
 * @throws when the program fails, with what it printed
 */
export function measure({ name, args, cwd, environment }: Program): Cost {
  const folder = mkdtempSync(join(tmpdir(), "iam-baseline-bench-"));
  try {
    const [timesFile, rssFile] = [join(folder, "times"), join(folder, "rss")];
    writeFileSync(rssFile, "");
    const script = '"$@"; code=$?; times > "$BENCH_TIMES_FILE"; exit $code';
    const { status, stdout, stderr, error } = spawnSync(
      "sh",
      ["-c", script, "sh", process.execPath, ...args],
      {
        cwd,
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
        env: {
          ...process.env,
          ...environment,
          NODE_OPTIONS: `--require ${JSON.stringify(RECORDER)}`,
          BENCH_TIMES_FILE: timesFile,
          BENCH_RSS_FILE: rssFile,
        },
      },
    );
    if (status !== 0)
      throw new Error(`${name}: exit code ${status}\n${error?.message ?? ""}${stdout}${stderr}`);
    const peaks = readFileSync(rssFile, "utf8").trim().split("\n").map(Number);
    return {
      cpuSeconds: childSeconds(readFileSync(timesFile, "utf8")),
      peakMegabytes: (Math.max(...peaks) * 1024) / 1e6,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** User and system seconds in the second line of `times`, the children's: `0m1.25s 0m0.31s`. */
function childSeconds(times: string): number {
  const [, children = ""] = times.trim().split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`the shell's times are not readable: ${JSON.stringify(times)}`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

/** The middle of the values; the mean of both where there are two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/**
 * Median cost of each program over some rounds. Every round runs every program once, so that a busy minute of the
 * machine meets all of them; a first round, which fills caches, does not count.
 */
export function medianCosts(programs: readonly Program[], rounds: number): ReadonlyMap<string, Cost> {
  const costs = new Map(programs.map(({ name }) => [name, [] as Cost[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const program of programs) {
      const cost = measure(program);
      if (round > 0) costs.get(program.name)?.push(cost);
    }
  }
  return new Map(
    [...costs].map(([name, runs]) => [
      name,
      {
        cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
        peakMegabytes: median(runs.map(({ peakMegabytes }) => peakMegabytes)),
      },
    ]),
  );
}
