import { evaluateJson, follow, type PlainStep } from "../hcl/hcl-evaluation";
import { parseExpression } from "../hcl/hcl-expression";
import { Instances } from "../hcl/instances";
import { isRecord, type JsonRecord } from "../resource/json-shape";
import { RecordedResource } from "../resource/recorded-resource";
import type { Provider, Source, SourceResource } from "../resource/source-resource";
import { type UnknownParts, UnknownValue } from "../resource/unknown-parts";
import { unknownOf } from "../resource/unknown-reference";
import { ModuleInstance } from "./plan-configuration";
import type { Place, PlanEvaluation } from "./plan-evaluation";
import type { PlanFile } from "./plan-file";
import { planProvider } from "./plan-provider";
import { isListAttribute, longestReferences, PROVIDER, referring } from "./plan-references";
import { PlannedResource } from "./planned-resource";
import type { ResourceChange } from "./resource-change";

type Rule = NonNullable<ReturnType<typeof referring>>;

const DEEPEST = 32;

/** What an account holds after a plan was applied: planned values, and expressions where values are not known yet. */
export class AfterSource implements Source, PlanEvaluation {
  readonly resources: SourceResource[] = [];
  private readonly instances = new Instances();
  private readonly root: ModuleInstance;
  private readonly providers = new Map<string, Provider>();
  private depth = 0;

  constructor(
    private readonly plan: PlanFile,
    private readonly fallback: Provider,
    readonly parts: UnknownParts,
    readonly unknowns: readonly UnknownValue[],
  ) {
    const root = plan.configuration["root_module"];
    this.root = new ModuleInstance("", undefined, undefined, isRecord(root) ? root : undefined, {});
    for (const { address, type, mode, values, base, key } of plan.prior()) {
      const isChanged = mode === "managed" && plan.changedAddresses.has(address);
      if (isChanged) continue;
      const resource = new RecordedResource(address, type, mode, values, fallback, parts);
      this.instances.add(base, key, resource);
      if (mode === "managed") this.resources.push(resource);
    }
    for (const change of plan.changes) this.addChange(change);
  }

  /** What leaves Terraform stays in the account, also beside what is made in its place (`["forget", "create"]`). */
  private addChange(change: ResourceChange): void {
    const { address, type, mode, base, key, before, after } = change;
    const isForgotten = change.actions.includes("forget") && !change.isDeposed;
    if (isForgotten && before !== undefined) {
      const name = after === undefined ? address : `${address} (forgotten)`;
      const stays = new RecordedResource(name, type, mode, before, this.fallback, this.parts);
      if (after === undefined) this.instances.add(base, key, stays);
      if (mode === "managed") this.resources.push(stays);
    }
    if (after === undefined || change.isDeposed) return;
    const module = this.root.at(change.module);
    const configuration = module?.resource(`${mode === "data" ? "data." : ""}${type}.${change.name}`);
    const place = { module: module ?? this.root, key, type, address };
    const resource = new PlannedResource(this, change, after, configuration, place);
    this.instances.add(base, key, resource);
    if (mode === "managed") this.resources.push(resource);
  }

  provider(configuration: JsonRecord | undefined): Provider {
    const name = configuration?.["provider_config_key"];
    const key = typeof name === "string" ? name : "aws";
    const present = this.providers.get(key);
    if (present !== undefined) return present;
    const place = { module: this.root, key: undefined, type: PROVIDER, address: `provider.${key}` };
    const provider = planProvider(this.plan.configuration, key, this.fallback, (expression, name) =>
      this.evaluate(expression, name, place),
    );
    this.providers.set(key, provider);
    return provider;
  }

  /** The value of an expression of `configuration`, for the attribute `name`. */
  evaluate(expression: unknown, name: string, place: Place): unknown {
    const location = `${place.address}.${name}`;
    if (this.depth >= DEEPEST) return new UnknownValue(location, "references go around in a circle");
    this.depth++;
    try {
      if (Array.isArray(expression)) return expression.map((item) => this.evaluateBlock(item, place));
      if (!isRecord(expression)) return new UnknownValue(location, `known after apply: ${location}`);
      const references = longestReferences(expression);
      const constant = expression["constant_value"];
      if (constant !== undefined) {
        return references.length === 0 ? constant : evaluateJson(constant, this.scope(location, place));
      }
      return this.evaluateReferences(references, name, location, place);
    } finally {
      this.depth--;
    }
  }

  private evaluateBlock(block: unknown, place: Place): unknown {
    if (!isRecord(block)) return block;
    const entries = Object.entries(block).map(([key, item]) => [key, this.evaluate(item, key, place)]);
    return Object.fromEntries(entries);
  }

  private scope(location: string, place: Place) {
    const { parts } = this;
    return {
      parts,
      location,
      resolve: (root: string, steps: readonly PlainStep[]) => this.resolve(root, steps, location, place),
    };
  }

  /** An expression of HCL, of which the plan has only the references. */
  private evaluateReferences(
    references: readonly string[],
    name: string,
    location: string,
    place: Place,
  ): unknown {
    const rule = referring(name, place.type);
    const targets = references.filter((reference) => !/^(each\.key|count\.index)$/.test(reference));
    const unknown = unknownOf(references, location);
    if (rule === undefined || targets.length === 0) return unknown;
    if (targets.length > 1 && !isListAttribute(name)) return unknown;
    const values = targets.map((target) => this.resolveText(target, location, place, rule) ?? unknown);
    return isListAttribute(name) ? values.flat() : values[0];
  }

  /** The value of one reference as a plan writes it; undefined when it is no plain reference. */
  private resolveText(reference: string, location: string, place: Place, rule: Rule): unknown {
    const parsed = parseExpression(reference);
    if (parsed.kind !== "traversal") return undefined;
    const steps = parsed.steps.flatMap((step): PlainStep[] => {
      if ("name" in step) return [step.name];
      if ("splat" in step) return [step];
      const { key } = step;
      return key.kind === "literal" && (typeof key.value === "string" || typeof key.value === "number")
        ? [key.value]
        : [];
    });
    return this.resolve(parsed.root, steps, location, place, rule);
  }

  private resolve(
    root: string,
    steps: readonly PlainStep[],
    location: string,
    place: Place,
    rule?: Rule,
  ): unknown {
    const [first, second, ...rest] = steps;
    const written = [root, ...steps.map((step) => (typeof step === "object" ? "*" : step))].join(".");
    const nothing = new UnknownValue(location, `known after apply: ${written}`);
    if (root === "each" || root === "count") {
      return first === "value" ? nothing : (place.key ?? nothing);
    }
    if (root === "var") {
      return follow(this.variable(String(first), location, place, rule), steps.slice(1)) ?? nothing;
    }
    if (root === "module") return this.output(steps, location, place, rule) ?? nothing;
    if (root === "data") {
      return this.reference(`data.${String(first)}.${String(second)}`, rest, place, rule) ?? nothing;
    }
    if (["local", "path", "terraform", "self"].includes(root)) return nothing;
    return this.reference(`${root}.${String(first)}`, steps.slice(1), place, rule) ?? nothing;
  }

  private variable(name: string, location: string, { module }: Place, rule: Rule | undefined): unknown {
    if (module.parent === undefined) {
      const given = this.plan.variables[name];
      return (isRecord(given) ? given["value"] : undefined) ?? module.variableDefault(name);
    }
    const expression = module.callArguments[name];
    if (expression === undefined) return module.variableDefault(name);
    const parent = { module: module.parent, key: module.key, type: "", address: location };
    return this.forwarded(expression, parent, location, rule);
  }

  private output(
    steps: readonly PlainStep[],
    location: string,
    { module }: Place,
    rule: Rule | undefined,
  ): unknown {
    const [name, ...rest] = steps;
    const [maybeKey] = rest;
    const direct = module.called(String(name), undefined);
    const outputOf = (instance: ModuleInstance | undefined, output: PlainStep | undefined) =>
      instance === undefined || typeof output !== "string" ? undefined : instance.output(output);
    const expression = outputOf(direct, maybeKey);
    if (direct !== undefined && expression !== undefined) {
      const inside = { module: direct, key: undefined, type: "", address: location };
      return follow(this.forwarded(expression, inside, location, rule), rest.slice(1));
    }
    if (typeof maybeKey === "object" || maybeKey === undefined) return undefined;
    const keyed = module.called(String(name), maybeKey);
    const keyedExpression = outputOf(keyed, rest[1]);
    if (keyed === undefined || keyedExpression === undefined) return undefined;
    const inside = { module: keyed, key: undefined, type: "", address: location };
    return follow(this.forwarded(keyedExpression, inside, location, rule), rest.slice(2));
  }

  /** A variable or an output: its expression, in the place where it was written, by the rule of who asked. */
  private forwarded(expression: unknown, place: Place, location: string, rule: Rule | undefined): unknown {
    if (!isRecord(expression)) return undefined;
    if (this.depth >= DEEPEST) return new UnknownValue(location, "references go around in a circle");
    this.depth++;
    try {
      if (expression["constant_value"] !== undefined) return this.evaluate(expression, "value", place);
      const [only, ...others] = longestReferences(expression);
      if (only === undefined || others.length > 0 || rule === undefined) return undefined;
      return this.resolveText(only, location, place, rule);
    } finally {
      this.depth--;
    }
  }

  private reference(
    base: string,
    steps: readonly PlainStep[],
    place: Place,
    rule: Rule | undefined,
  ): unknown {
    const full = `${place.module.prefix}${base}`;
    const selected =
      this.instances.select(full, steps) ??
      (place.key === undefined ? undefined : this.instances.select(full, [place.key, ...steps]));
    if (selected === undefined) return undefined;
    const [attribute = rule?.usual, ...rest] = selected.rest;
    if (typeof attribute !== "string") return undefined;
    if (rule !== undefined && !rule.allowed.has(attribute)) return undefined;
    const read = (resource: SourceResource) =>
      follow(resource.attribute(attribute), rest) ??
      new UnknownValue(
        `${resource.address}.${attribute}`,
        `known after apply: ${resource.address}.${attribute}`,
      );
    if ("every" in selected) return selected.every.map(read);
    return read(selected.one);
  }
}
