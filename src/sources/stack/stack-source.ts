import { evaluateJson, follow, type PlainStep, type Scope } from "../hcl/hcl-evaluation";
import { Instances } from "../hcl/instances";
import { AccessSourceError, described } from "../resource/access-source-error";
import { blocks, type JsonRecord, record } from "../resource/json-shape";
import { RESOURCE_TWICE, SOURCE_INVALID } from "../resource/source-refusals";
import type { Provider, Source, SourceResource } from "../resource/source-resource";
import { isUnknownValue, UnknownParts, UnknownValue } from "../resource/unknown-parts";
import { concealedStack } from "../sensitive/concealed-stack";
import type { LocalNames } from "./local-names";
import { repetitionsOf } from "./repetitions";
import { stackProvider } from "./stack-provider";
import { type StackContext, StackResource } from "./stack-resource";
import { forgottenAddresses, isAt, stackUnknowns } from "./stack-unknowns";

export interface StackOptions {
  /** Account of the stack where its provider does not say it by `allowed_account_ids`. */
  readonly accountId?: string;
  /** How errors name the file. @default "cdk.tf.json" */
  readonly file?: string;
  /** Values of variables. @default the defaults of the stack */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The stack before a change: what a `removed` block with `destroy = false` leaves in the account is read from it. */
  readonly previous?: unknown;
}

const SYNTHESIZE = "synthesize again and give the cdk.tf.json of one stack";

/** References that go around in a circle, or nearly. */
const DEEPEST = 32;

/** Reads a synthesized stack: Terraform's JSON configuration syntax. */
export function stackSource(stack: unknown, options: StackOptions = {}): Source {
  return new StackReader(stack, options);
}

class StackReader implements Source, StackContext {
  readonly resources: SourceResource[] = [];
  readonly unknowns: UnknownValue[] = [];
  private readonly instances = new Instances();
  private readonly providers = new Map<string, Provider>();
  private readonly root: JsonRecord;
  private readonly file: string;
  private readonly declared = new Set<string>();
  private depth = 0;

  /** @param parts of the stack that this one is read for, where it is not read for itself */
  constructor(
    stack: unknown,
    private readonly options: StackOptions,
    readonly parts = new UnknownParts(),
  ) {
    this.file = options.file ?? "cdk.tf.json";
    this.root = record(concealedStack(stack, this.parts.texts), this.file, SYNTHESIZE);
    this.refuseForeign();
    for (const mode of ["managed", "data"] as const) {
      const types = this.root[mode === "managed" ? "resource" : "data"];
      for (const block of types === undefined ? [] : this.records(types, mode)) this.readTypes(block, mode);
    }
    this.unknowns.push(...stackUnknowns(this.root));
    this.addForgotten();
  }

  private refuseForeign(): void {
    const { resource, provider, terraform, format_version: format } = this.root;
    const looksRight = [resource, provider, terraform].some((part) => part !== undefined);
    if (looksRight && format === undefined) return;
    throw new AccessSourceError(SOURCE_INVALID, {
      location: this.file,
      expected: "Terraform's JSON configuration with resource, provider or terraform",
      got: described(this.root),
      remedy:
        format === undefined ? SYNTHESIZE : "this is the JSON of a plan or a state: read it as what it is",
    });
  }

  private records(value: unknown, where: string): readonly JsonRecord[] {
    const values = Array.isArray(value) ? value : [value];
    return values.map((item) => record(item, `${this.file}: ${where}`, SYNTHESIZE));
  }

  private readTypes(types: JsonRecord, mode: "managed" | "data"): void {
    for (const [type, named] of Object.entries(types)) {
      if (type === "//") continue;
      for (const names of this.records(named, type)) {
        for (const [name, bodies] of Object.entries(names)) {
          if (name === "//") continue;
          const base = `${mode === "data" ? "data." : ""}${type}.${name}`;
          for (const body of this.records(bodies, base)) this.readResource(base, type, mode, body);
        }
      }
    }
  }

  private readResource(base: string, type: string, mode: "managed" | "data", body: JsonRecord): void {
    this.refuseTwice(base);
    const { passes, unknown } = repetitionsOf(
      base,
      body,
      (value, location) => this.evaluate(value, location),
      this.parts,
    );
    if (unknown !== undefined) this.unknowns.push(unknown);
    for (const repetition of passes) {
      const key = repetition?.key;
      const shownKey = isUnknownValue(repetition?.value) ? "?" : JSON.stringify(key);
      const address = key === undefined ? base : `${base}[${shownKey}]`;
      const resource = new StackResource(this, address, type, mode, body, repetition);
      this.instances.add(base, key, resource);
      if (mode === "managed") this.resources.push(resource);
    }
  }

  /** What a `removed` block leaves in the account is what the stack said of it before. */
  private addForgotten(): void {
    const { previous } = this.options;
    for (const from of forgottenAddresses(this.root)) {
      const before = previous === undefined ? [] : this.previousResources(previous);
      const kept = before.filter(({ address }) => isAt(address, from));
      this.resources.push(...kept);
      if (kept.length > 0) continue;
      const reason = "it leaves Terraform and stays in the account: what it holds is not in this stack";
      this.unknowns.push(new UnknownValue(from, reason));
    }
  }

  private previousResources(stack: unknown): readonly SourceResource[] {
    const { previous: _, ...options } = this.options;
    return new StackReader(stack, options, this.parts).resources;
  }

  private refuseTwice(base: string): void {
    if (!this.declared.has(base)) {
      this.declared.add(base);
      return;
    }
    throw new AccessSourceError(RESOURCE_TWICE, {
      location: this.file,
      expected: "each resource once",
      got: `${base} twice`,
      remedy: "remove one of the two: Terraform takes none",
    });
  }

  provider(name: unknown): Provider {
    const key = typeof name === "string" ? name : "aws";
    const present = this.providers.get(key);
    if (present !== undefined) return present;
    const provider = stackProvider(this.root, key, this.parts, this.options.accountId, (value, location) =>
      this.evaluate(value, location),
    );
    this.providers.set(key, provider);
    return provider;
  }

  evaluate(value: unknown, location: string, names: LocalNames = {}): unknown {
    if (this.depth >= DEEPEST) return new UnknownValue(location, "references go around in a circle");
    this.depth++;
    try {
      const scope: Scope = {
        parts: this.parts,
        location,
        resolve: (root, steps) => this.resolve(root, steps, location, names),
      };
      return evaluateJson(value, scope);
    } finally {
      this.depth--;
    }
  }

  private resolve(
    root: string,
    steps: readonly PlainStep[],
    location: string,
    { repetition, iterators }: LocalNames,
  ): unknown {
    const [first, second, ...rest] = steps;
    const written = [root, ...steps.map((step) => (typeof step === "object" ? "*" : step))].join(".");
    const nothing = (reason: string) => new UnknownValue(location, reason);
    const iterator = iterators?.get(root);
    if (iterator !== undefined) return follow(iterator, steps) ?? nothing(`${written} has no value`);
    switch (root) {
      case "each":
      case "count": {
        if (repetition === undefined) return nothing(`${written} outside of count and for_each`);
        const value = root === "count" || first === "key" ? repetition.key : repetition.value;
        return follow(value, steps.slice(1)) ?? nothing(`${written} has no value`);
      }
      case "var":
        return follow(this.variable(String(first)), steps.slice(1)) ?? nothing(`${written} has no value`);
      case "local": {
        const local = blocks(this.root["locals"]).find((block) => String(first) in block)?.[String(first)];
        return follow(this.evaluate(local, `local.${String(first)}`), steps.slice(1)) ?? nothing(written);
      }
      case "data":
        return this.reference(`data.${String(first)}.${String(second)}`, rest, written);
      case "module":
      case "path":
      case "terraform":
      case "self":
        return nothing(`${written} is not known before a plan`);
      default:
        return this.reference(`${root}.${String(first)}`, steps.slice(1), written);
    }
  }

  private variable(name: string): unknown {
    const block = blocks(this.root["variable"]).find((variables) => name in variables)?.[name];
    const [body] = blocks(block);
    const given = this.options.variables?.[name];
    if (given !== undefined) return body?.["sensitive"] === true ? this.parts.sensitive(given) : given;
    return body?.["default"] ?? new UnknownValue(`var.${name}`, `variable ${name} has no default`);
  }

  private reference(base: string, steps: readonly PlainStep[], written: string): unknown {
    const selected = this.instances.select(base, steps);
    if (selected === undefined)
      return new UnknownValue(written, `known after apply: ${written} is not in the stack`);
    const [attribute, ...rest] = selected.rest;
    if (typeof attribute !== "string") return new UnknownValue(written, `${written} is a whole resource`);
    const read = (resource: SourceResource) =>
      follow(resource.attribute(attribute), rest) ??
      new UnknownValue(
        `${resource.address}.${attribute}`,
        `known after apply: ${resource.address}.${attribute}`,
      );
    return "one" in selected ? read(selected.one) : selected.every.map(read);
  }
}
