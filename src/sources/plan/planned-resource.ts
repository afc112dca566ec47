import { computedAttribute } from "../resource/computed-attributes";
import { isRecord, type JsonRecord } from "../resource/json-shape";
import { policyDocumentJson } from "../resource/policy-document-data";
import type { Provider, SourceResource } from "../resource/source-resource";
import { isUnknownValue, UnknownValue } from "../resource/unknown-parts";
import { unknownOf } from "../resource/unknown-reference";
import type { Place, PlanEvaluation } from "./plan-evaluation";
import { isExpression, isListAttribute, isSetOfBlocks, longestReferences } from "./plan-references";
import type { ResourceChange } from "./resource-change";

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
    private readonly source: PlanEvaluation,
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
    return this.source.parts.withoutSensitive(this.configuredAttribute(name));
  }

  private configuredAttribute(name: string): unknown {
    const planned = this.after[name];
    const unknown = this.change.afterUnknown[name];
    const expression = this.expression(name);
    if (this.isFilledByAws(name, planned, unknown, expression)) return undefined;
    if (unknown === true) return this.notPlanned(name, expression);
    if (unknown !== undefined && hasTrue(unknown)) return this.overlaid(planned, unknown, expression, name);
    return planned ?? (this.mode === "data" || name === "name" ? undefined : this.computed(name));
  }

  /**
   * Blocks that a `dynamic` block makes are not in the configuration of a plan, but their values are planned; nothing
   * else plans values for these lists that were not there before.
   *
   * @see https://github.com/hashicorp/terraform/blob/main/internal/command/jsonconfig/expression.go (marshalExpressions)
   */
  private isFilledByAws(name: string, planned: unknown, unknown: unknown, expression: unknown): boolean {
    if (!FILLED_BY_AWS.has(`${this.type}.${name}`) || !this.isConfigured || expression !== undefined)
      return false;
    if (unknown === true || planned === undefined || planned === null) return true;
    return !hasTrue(unknown) && JSON.stringify(planned) === JSON.stringify(this.change.before?.[name]);
  }

  attributeNames(): readonly string[] {
    return [...new Set([...Object.keys(this.after), ...Object.keys(this.change.afterUnknown)])];
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
    // `name = cond ? null : x` beside a prefix: the provider makes the name of it
    if (name === "name" && typeof this.after["name_prefix"] === "string") return this.computed(name);
    if (expression !== undefined) {
      // Which elements a list of HCL has besides its references is not in the plan.
      const isOpenList =
        isListAttribute(name) && isExpression(expression) && expression["constant_value"] === undefined;
      return isOpenList
        ? unknownOf(longestReferences(expression), `${this.address}.${name}`)
        : (this.source.evaluate(expression, name, this.place) ?? undefined);
    }
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
    const whole = isExpression(expression) ? this.source.evaluate(expression, name, this.place) : undefined;
    if (isExpression(expression) && expression["constant_value"] !== undefined && !isUnknownValue(whole)) {
      return whole;
    }
    if (Array.isArray(unknown)) {
      const values = Array.isArray(planned) ? planned : [];
      if (Array.isArray(whole)) return filledIn(values, unknown, whole, this.unknown(name));
      const aligned =
        Array.isArray(expression) &&
        expression.length === unknown.length &&
        (unknown.length === 1 || !isSetOfBlocks(name));
      return unknown.map((item, index) => {
        const block = aligned ? expression[index] : isExpression(expression) ? expression : undefined;
        return hasTrue(item) ? this.overlaid(values[index], item, block, name) : values[index];
      });
    }
    if (!isRecord(unknown)) return planned;
    const values = isRecord(planned) ? planned : {};
    const filled = Object.entries(unknown)
      .filter(([, item]) => hasTrue(item))
      .map(([key, item]) => {
        const block: JsonRecord = isRecord(expression) && !isExpression(expression) ? expression : {};
        const inner = isExpression(expression) ? expression : block[key];
        return [key, this.overlaid(values[key], item, inner, key)] as const;
      });
    return { ...values, ...Object.fromEntries(filled) };
  }
}

/** The known elements of a list, and for the others what its references give, if that is as many. */
function filledIn(
  values: readonly unknown[],
  unknown: readonly unknown[],
  found: readonly unknown[],
  otherwise: UnknownValue,
): unknown {
  const known = values.filter((_, index) => unknown[index] !== true);
  const others = found.filter((value) => !known.includes(value));
  const missing = unknown.length - known.length;
  const reason = found.find(isUnknownValue) ?? otherwise;
  const fill = others.length === missing ? others : Array.from({ length: missing }, () => reason);
  return [...known, ...fill];
}

function hasTrue(unknown: unknown): boolean {
  if (unknown === true) return true;
  if (Array.isArray(unknown)) return unknown.some(hasTrue);
  return isRecord(unknown) && Object.values(unknown).some(hasTrue);
}
