import { evaluateJson, follow, type PlainStep, type Scope } from "../hcl/hcl-evaluation";
import { Instances } from "../hcl/instances";
import { AccessSourceError, described } from "../resource/access-source-error";
import { blocks, isRecord, type JsonRecord, record } from "../resource/json-shape";
import { SensitiveTexts } from "../resource/sensitive-texts";
import { SOURCE_INVALID } from "../resource/source-refusals";
import type { Provider, Source, SourceResource } from "../resource/source-resource";
import { isUnknownValue, UnknownParts, UnknownValue } from "../resource/unknown-parts";
import { concealedStack } from "../sensitive/concealed-stack";
import { stackProvider } from "./stack-provider";
import { type Repetition, type StackContext, StackResource } from "./stack-resource";

export interface StackOptions {
  /** Account of the stack where its provider does not say it by `allowed_account_ids`. */
  readonly accountId?: string;
  /** How errors name the file. @default "cdk.tf.json" */
  readonly file?: string;
  /** Values of variables. @default the defaults of the stack */
  readonly variables?: Readonly<Record<string, unknown>>;
}

const SYNTHESIZE = "synthesize again and give the cdk.tf.json of one stack";

/** References that go around in a circle, or nearly. */
const DEEPEST = 32;

/** Reads a synthesized stack: Terraform's JSON configuration syntax. */
export function stackSource(stack: unknown, options: StackOptions = {}): Source {
  return new StackReader(stack, options);
}

class StackReader implements Source, StackContext {
  private readonly sensitiveTexts = new SensitiveTexts();
  readonly parts = new UnknownParts(this.sensitiveTexts);
  readonly resources: SourceResource[] = [];
  readonly unknowns: UnknownValue[] = [];
  private readonly instances = new Instances();
  private readonly providers = new Map<string, Provider>();
  private readonly root: JsonRecord;
  private readonly file: string;
  private depth = 0;

  constructor(
    stack: unknown,
    private readonly options: StackOptions,
  ) {
    this.file = options.file ?? "cdk.tf.json";
    this.root = record(concealedStack(stack, this.sensitiveTexts), this.file, SYNTHESIZE);
    this.refuseForeign();
    for (const mode of ["managed", "data"] as const) {
      const types = this.root[mode === "managed" ? "resource" : "data"];
      for (const block of types === undefined ? [] : this.records(types, mode)) this.readTypes(block, mode);
    }
    for (const block of blocks(this.root["module"])) this.noteModules(block);
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
          const [body] = this.records(bodies, base);
          if (body !== undefined) this.readResource(base, type, mode, body);
        }
      }
    }
  }

  private readResource(base: string, type: string, mode: "managed" | "data", body: JsonRecord): void {
    for (const repetition of this.repetitions(base, body)) {
      const key = repetition?.key;
      const shownKey = isUnknownValue(repetition?.value) ? "?" : JSON.stringify(key);
      const address = key === undefined ? base : `${base}[${shownKey}]`;
      const resource = new StackResource(this, address, type, mode, body, repetition);
      this.instances.add(base, key, resource);
      if (mode === "managed") this.resources.push(resource);
    }
  }

  /** Keys and values of count and for_each; one undefined for a resource without them. */
  private repetitions(base: string, body: JsonRecord): readonly (Repetition | undefined)[] {
    const { count, for_each: forEach } = body;
    if (count === undefined && forEach === undefined) return [undefined];
    const value = this.evaluate(count ?? forEach, `${base}.${count === undefined ? "for_each" : "count"}`);
    if (count !== undefined && Number.isInteger(Number(value))) {
      return Array.from({ length: Math.min(Number(value), 10_000) }, (_, index) => ({
        key: index,
        value: index,
      }));
    }
    if (count === undefined && Array.isArray(value) && value.every((item) => typeof item === "string")) {
      return value.map((item: string) => ({ key: item, value: item }));
    }
    if (count === undefined && isRecord(value)) {
      return Object.entries(value).map(([key, item]) => ({ key, value: item }));
    }
    const attribute = count === undefined ? "for_each" : "count";
    const unknown = new UnknownValue(`${base}.${attribute}`, `how many there are is not known before a plan`);
    this.unknowns.push(unknown);
    return [{ key: this.parts.mark(unknown), value: unknown }];
  }

  private noteModules(named: JsonRecord): void {
    for (const name of Object.keys(named)) {
      if (name === "//") continue;
      this.unknowns.push(
        new UnknownValue(`module.${name}`, "a module is read from a plan, not from the stack that calls it"),
      );
    }
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

  evaluate(value: unknown, location: string, repetition?: Repetition): unknown {
    if (this.depth >= DEEPEST) return new UnknownValue(location, "references go around in a circle");
    this.depth++;
    try {
      const scope: Scope = {
        parts: this.parts,
        location,
        resolve: (root, steps) => this.resolve(root, steps, location, repetition),
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
    repetition: Repetition | undefined,
  ): unknown {
    const [first, second, ...rest] = steps;
    const written = [root, ...steps.map((step) => (typeof step === "object" ? "*" : step))].join(".");
    const nothing = (reason: string) => new UnknownValue(location, reason);
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
