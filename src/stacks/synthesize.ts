import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";

/** A stack as it is about to be written. */
export interface SynthesizedStack {
  /** Stack id, `<environment>-<stack>`. */
  readonly name: string;
  /** Content of its `cdk.tf.json`. */
  readonly configuration: unknown;
}

export interface SynthesisSettings {
  /** Folder that holds the result: `stacks/<stack>/cdk.tf.json` and `manifest.json`. */
  readonly outdir: string;
  /** Adds the stacks. */
  readonly build: (app: App) => void;
  /** Judges all stacks together; throws what must not be written. */
  readonly check: (stacks: readonly SynthesizedStack[]) => void;
}

/**
 * Synthesizes every stack, lets `check` judge them all, and only then puts files into the outdir: where something
 * throws, the outdir stays as it was. What terraform keeps beside a stack (`.terraform`, its lock file, a plan) stays.
 *
 * cdktf writes each stack before it has seen the next one, so it writes into a folder beside the outdir first (at the
 * same depth, as stacks hold paths relative to it).
 */
export function synthesize({ outdir, build, check }: SynthesisSettings): void {
  const staging = `${outdir}.staging-${process.pid}`;
  try {
    const app = new App({ outdir: staging });
    build(app);
    const stacks = recordStacks(app);
    app.synth();
    check(stacks);
    moveInto(staging, outdir);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Keeps what each stack renders: reading it back from the files would cost more than rendering it. */
function recordStacks(app: App): readonly SynthesizedStack[] {
  const rendered: SynthesizedStack[] = [];
  for (const stack of app.node.findAll().filter((node) => TerraformStack.isStack(node))) {
    const render = stack.toTerraform.bind(stack);
    stack.toTerraform = () => {
      const configuration: unknown = render();
      rendered.push({ name: stack.node.id, configuration });
      return configuration;
    };
  }
  return rendered;
}

function moveInto(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) moveInto(source, target);
    else renameSync(source, target);
  }
}
