import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, Aspects, TerraformStack } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import { renderStack } from "./render-stack";

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
 * Synthesizes every stack, lets `check` judge them all, and only then writes files: where something throws, no stack
 * in the outdir has changed.
 *
 * cdktf itself writes each stack before it has seen the next one. So all are rendered and validated here first, and
 * what cdktf then writes is what was judged. Stacks of earlier runs that this one does not have are removed.
 */
export function synthesize({ outdir, build, check }: SynthesisSettings): void {
  const app = new App({ outdir });
  withoutCreationStacks(() => {
    build(app);
    check(render(app));
  });
  app.synth();
  removeOtherStacks(app);
}

/**
 * Takes the stacks of earlier runs out of the outdir, as the command line of cdktf does: an environment that nobody
 * declares any more would go on being reported, and planned.
 */
function removeOtherStacks(app: App): void {
  const folder = join(app.outdir, "stacks");
  const written = new Set(Object.keys(app.manifest.stacks));
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (written.has(name) || !existsSync(join(folder, name, "cdk.tf.json"))) continue;
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Renders each stack once, the way `App.synth` does, and keeps the result for it. */
function render(app: App): readonly SynthesizedStack[] {
  const stacks = app.node.findAll().filter((node) => TerraformStack.isStack(node));
  for (const stack of stacks) stack.prepareStack();
  for (const stack of stacks) invokeAspects(stack);
  for (const construct of app.node.findAll()) {
    // they have been visited; cdktf would do so once more when it writes
    for (const aspect of Aspects.of(construct).all) aspect.visit = () => undefined;
  }
  return stacks.map((stack) => {
    stack.runAllValidations();
    const configuration = renderStack(stack);
    stack.prepareStack = () => undefined;
    writeAsRendered(stack, configuration);
    return { name: stack.node.id, configuration };
  });
}

/**
 * Lets cdktf do all it does when it writes a stack (folders, assets, annotations, manifest) but the configuration: its
 * serializer needs half as much memory again as everything before it.
 */
function writeAsRendered(stack: TerraformStack, configuration: unknown): void {
  const { synthesizer } = stack;
  stack.toTerraform = () => ({});
  stack.synthesizer = {
    synthesize: (session) => {
      synthesizer.synthesize(session);
      const { synthesizedStackPath } = session.manifest.forStack(stack);
      writeFileSync(join(session.outdir, synthesizedStackPath), stableJson(configuration));
    },
  };
}

/** JSON with sorted keys and two blanks. */
function stableJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, entry: unknown) =>
      typeof entry === "object" && entry !== null && !Array.isArray(entry)
        ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
        : entry,
    2,
  );
}

/**
 * cdktf notes for every token where it was made, only for messages about tokens: a tenth of the time of a synthesis.
 * Errors keep their stacks.
 */
function withoutCreationStacks(work: () => void): void {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = (target: object) => {
    Object.defineProperty(target, "stack", { value: "", configurable: true, writable: true });
  };
  try {
    work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
