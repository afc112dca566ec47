import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App, Aspects, TerraformStack } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import { outdirRefusal } from "./outdir-refusal";
import { renderStack } from "./render-stack";
import { writeWhole } from "./staged-outdir";

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
 * Synthesizes every stack, lets `check` judge them all, and only then writes the outdir, whole: where something throws,
 * nothing in it has changed.
 *
 * cdktf itself writes each stack before it has seen the next one. So all are rendered and validated here first, and
 * what cdktf then writes is what was judged. Stacks of earlier runs that this one does not have are removed.
 */
export function synthesize({ outdir, build, check }: SynthesisSettings): void {
  const app = appFor(outdir);
  withoutCreationStacks(() => {
    build(app);
    check(render(app));
  });
  try {
    writeWhole(app.outdir, (staging) => {
      mkdirSync(join(staging, "stacks"));
      writeTo(app, staging);
      app.synth();
      return Object.keys(app.manifest.stacks);
    });
  } catch (error) {
    throw outdirRefusal(error, outdir);
  }
}

/** The stacks as they would be written, for whoever only asks what they say: nothing is written. */
export function renderedStacks(build: (app: App) => void): readonly SynthesizedStack[] {
  const app = new App();
  let stacks: readonly SynthesizedStack[] = [];
  withoutCreationStacks(() => {
    build(app);
    stacks = render(app);
  });
  return stacks;
}

/** An app of this outdir, which cdktf would make at once: nothing is there before all stacks are judged. */
function appFor(outdir: string): App {
  const elsewhere = mkdtempSync(join(tmpdir(), "synthesis-"));
  try {
    const app = new App({ outdir: elsewhere });
    writeTo(app, resolve(outdir));
    return app;
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

/** cdktf takes the outdir when an app is made, and holds it in two places. */
function writeTo(app: App, outdir: string): void {
  Object.assign(app, { outdir });
  Object.assign(app.manifest, { outdir });
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
