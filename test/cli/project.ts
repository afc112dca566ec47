import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunSettings, run } from "../../src/cli/run";
import type { EnvironmentInput } from "../../src/environment/environment";

/** A project's folder with these environments, as a command finds it. */
export interface Project {
  readonly directory: string;
  /** Runs a command in it. */
  readonly baseline: (...argv: readonly string[]) => Promise<Outcome>;
  readonly remove: () => void;
}

export interface Outcome {
  readonly code: number;
  /** Standard output. */
  readonly result: string;
  /** Standard error. */
  readonly progress: string;
}

export function projectOf(
  environments: readonly EnvironmentInput[],
  now: () => Date,
  settings: RunSettings = {},
): Project {
  const directory = mkdtempSync(join(tmpdir(), "iam-baseline-project-"));
  mkdirSync(join(directory, "environments"));
  writeFileSync(
    join(directory, "environments", "index.js"),
    `exports.environments = ${JSON.stringify(environments)};\n`,
  );
  return {
    directory,
    baseline: async (...argv) => {
      const result: string[] = [];
      const progress: string[] = [];
      const output = {
        result: (text: string) => result.push(text),
        progress: (text: string) => progress.push(`${text}\n`),
        columns: undefined,
      };
      const code = await run(argv, output, { ...settings, directory, now: now() });
      return { code, result: result.join(""), progress: progress.join("") };
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
