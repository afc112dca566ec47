import { computedAttribute } from "./computed-attributes";
import { isRecord, type JsonRecord } from "./json-shape";
import type { ResourceChange } from "./plan-file";
import type { AfterSource, Place } from "./plan-source";
import { policyDocumentJson } from "./policy-document-data";
import type { Provider, SourceResource } from "./source-resource";
import { isUnknownValue, UnknownValue } from "./unknown-parts";

/**
 * Lists that AWS fills for a role, whoever attached the policies. Unless the configuration sets them, what they will
 * hold follows from the other resources, and the planned value is only what was there before.
 */
const FILLED_BY_AWS: ReadonlySet<string> = new Set([
  "aws_iam_role.managed_policy_arns",
  "aws_iam_role.inline_policy",
]);

/** A resource as it will be: planned values, and for those that are not known what the configuration tells of them. */
export class PlannedResource implements SourceResource {
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";

  constructor(
    private readonly source: AfterSource,
    private readonly change: ResourceChange,
    private readonly after: JsonRecord,
    private readonly configuration: JsonRecord | undefined,
    private readonly place: Place,
  ) {
    this.address = change.address;
    this.type = change.type;
    this.mode = change.mode;
  }

  get provider(): Provider {
    return this.source.provider(this.configuration);
  }

  attribute(name: string): unknown {
    const planned = this.after[name];
    const unknown = this.change.afterUnknown[name];
    const expression = this.expression(name);
    if (FILLED_BY_AWS.has(`${this.type}.${name}`) && this.isConfigured && expression === undefined) {
      return undefined;
    }
    if (unknown === true) return this.notPlanned(name, expression);
    if (unknown !== undefined && hasTrue(unknown)) return this.overlaid(planned, unknown, expression, name);
    return planned ?? (this.mode === "data" || name === "name" ? undefined : this.computed(name));
  }

  private get isConfigured(): boolean {
    return this.configuration !== undefined;
  }

  private expression(name: string): unknown {
    const expressions = this.configuration?.["expressions"];
    return isRecord(expressions) ? expressions[name] : undefined;
  }

  private computed(name: string): unknown {
    return computedAttribute(this, name, this.source.parts);
  }

  private notPlanned(name: string, expression: unknown): unknown {
    if (expression !== undefined) return this.source.evaluate(expression, name, this.place) ?? undefined;
    if (this.type === "aws_iam_policy_document" && (name === "json" || name === "minified_json")) {
      return policyDocumentJson(this, this.source.parts);
    }
    const computed = this.mode === "data" ? undefined : this.computed(name);
    if (computed !== undefined) return computed;
    // AWS chooses what nobody configured. On creation that is its default; later it replaces a value that was known.
    const had = this.change.before?.[name];
    return this.isConfigured && (had === undefined || had === null) ? undefined : this.unknown(name);
  }

  private unknown(name: string): UnknownValue {
    return new UnknownValue(`${this.address}.${name}`, `known after apply: ${this.address}.${name}`);
  }

  /** Planned values with those that are not known filled in, however deep. */
  private overlaid(planned: unknown, unknown: unknown, expression: unknown, name: string): unknown {
    if (unknown === true) {
      return expression === undefined
        ? this.unknown(name)
        : this.source.evaluate(expression, name, this.place);
    }
    if (isRecord(expression) && isExpression(expression)) {
      const whole = this.source.evaluate(expression, name, this.place);
      if (!isUnknownValue(whole)) return whole;
    }
    if (Array.isArray(unknown)) {
      const values = Array.isArray(planned) ? planned : [];
      return unknown.map((item, index) => {
        const block = Array.isArray(expression) ? expression[index] : expression;
        return hasTrue(item) ? this.overlaid(values[index], item, block, name) : values[index];
      });
    }
    if (!isRecord(unknown)) return planned;
    const values = isRecord(planned) ? planned : {};
    const filled = Object.entries(unknown)
      .filter(([, item]) => hasTrue(item))
      .map(([key, item]) => {
        const inner = isRecord(expression) && !isExpression(expression) ? expression[key] : undefined;
        return [key, this.overlaid(values[key], item, inner, key)] as const;
      });
    return { ...values, ...Object.fromEntries(filled) };
  }
}

function isExpression(value: JsonRecord): boolean {
  return "constant_value" in value || Array.isArray(value["references"]);
}

function hasTrue(unknown: unknown): boolean {
  if (unknown === true) return true;
  if (Array.isArray(unknown)) return unknown.some(hasTrue);
  return isRecord(unknown) && Object.values(unknown).some(hasTrue);
}
