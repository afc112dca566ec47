import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../src/cli/run";
import type { EnvironmentInput } from "../../src/environment/environment";
import { NOW } from "../builders/environment";
import { synthesize } from "./synthesize";

export interface Outcome {
  readonly code: number;
  /** Standard output. */
  readonly result: string;
  /** Standard error. */
  readonly progress: string;
}

/** A folder with what was synthesized of some environments, as a command finds it. */
export interface SynthesizedProject {
  readonly directory: string;
  /** Runs a command in it. */
  readonly baseline: (...argv: readonly string[]) => Promise<Outcome>;
  readonly write: (file: string, content: string) => string;
  readonly remove: () => void;
}

/** @param inputs none: nothing was synthesized yet */
export function synthesizedProject(...inputs: readonly EnvironmentInput[]): SynthesizedProject {
  const directory = mkdtempSync(join(tmpdir(), "iam-baseline-access-"));
  const write = (file: string, content: string) => {
    const path = join(directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  if (inputs.length > 0) {
    write("environments/index.js", `exports.environments = ${JSON.stringify(inputs)};\n`);
    for (const [name, { text }] of synthesize(...inputs)) write(`cdktf.out/stacks/${name}/cdk.tf.json`, text);
  }
  return {
    directory,
    write,
    baseline: async (...argv) => {
      const result: string[] = [];
      const progress: string[] = [];
      const output = {
        result: (text: string) => result.push(text),
        progress: (text: string) => progress.push(`${text}\n`),
        columns: undefined,
      };
      const code = await run(argv, output, { directory, now: NOW, environmentVariables: {} });
      return { code, result: result.join(""), progress: progress.join("") };
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
