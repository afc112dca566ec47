import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentInput } from "../../src/environment/environment";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { addBaseline } from "../../src/stacks/baseline";
import { synthesize as synthesizeInto } from "../../src/stacks/synthesize";
import { NOW } from "../builders/environment";

type Attributes = Readonly<Record<string, unknown>>;

/** A resource of a synthesized stack. */
export interface Resource {
  /** `type.name` */
  readonly address: string;
  readonly type: string;
  readonly attributes: Attributes;
}

/** A synthesized stack: its bytes, and what they say. */
export interface SynthesizedStack {
  readonly name: string;
  readonly text: string;
  readonly json: {
    readonly terraform: { readonly backend: Readonly<Record<string, Attributes>> };
    readonly provider: Readonly<Record<string, readonly Attributes[]>>;
    readonly output?: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
    readonly import?: readonly { readonly to: string; readonly id: string }[];
  };
  readonly resources: readonly Resource[];
}

/**
 * Validates and synthesizes environments as main.ts does, and reads what was written. Loading cdktf costs half a
 * second for each test file: call it once per file where that is enough.
 */
export function synthesize(...inputs: readonly EnvironmentInput[]): ReadonlyMap<string, SynthesizedStack> {
  const folder = mkdtempSync(join(tmpdir(), "iam-baseline-synth-"));
  const outdir = join(folder, "out");
  try {
    const environments = validateBaseline(inputs, NOW);
    synthesizeInto({ outdir, build: (app) => addBaseline(app, environments), check: () => {} });
    const names = readdirSync(join(outdir, "stacks")).sort();
    return new Map(
      names.map((name) => [
        name,
        parsed(name, readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One stack of environments. @throws Error where there is none of this name. */
export function synthesizedStack(name: string, ...inputs: readonly EnvironmentInput[]): SynthesizedStack {
  return stackOf(synthesize(...inputs), name);
}

export function stackOf(stacks: ReadonlyMap<string, SynthesizedStack>, name: string): SynthesizedStack {
  const stack = stacks.get(name);
  if (stack === undefined) throw new Error(`no stack ${name} among ${[...stacks.keys()].join(", ")}`);
  return stack;
}

function parsed(name: string, text: string): SynthesizedStack {
  const json = JSON.parse(text) as SynthesizedStack["json"] & {
    resource?: Record<string, Record<string, Attributes>>;
  };
  const resources = Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([id, { "//": _, ...attributes }]) => ({
      address: `${type}.${id}`,
      type,
      attributes,
    })),
  );
  return { name, text, json, resources };
}

/** The resources of one type. */
export function resourcesOf(stack: SynthesizedStack, type: string): readonly Resource[] {
  return stack.resources.filter((resource) => resource.type === type);
}

/** A policy document as IAM gets it: Terraform's escapes undone. */
export function policyOf(attribute: unknown): { Statement: Record<string, unknown>[] } {
  return JSON.parse(
    String(attribute)
      .replaceAll("$${", () => "${")
      .replaceAll("%%{", () => "%{"),
  );
}
