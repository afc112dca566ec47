import { ModuleInstance } from "../../sources/plan/plan-configuration";
import type { ResourceChange } from "../../sources/plan/plan-file";
import { isExpression } from "../../sources/plan/plan-references";
import { isRecord, type JsonRecord } from "../../sources/resource/json-shape";
import { isSameMeaning } from "./attribute-difference";

/** Which attributes a stack's configuration sets, as `configuration` of its plan tells it. */
export class StackConfiguration {
  private readonly root: ModuleInstance;

  constructor(configuration: JsonRecord) {
    const root = configuration["root_module"];
    this.root = new ModuleInstance("", undefined, undefined, isRecord(root) ? root : undefined, {});
  }

  /** Whether the plan brings the configuration of a resource. */
  knows(change: ResourceChange): boolean {
    return this.resource(change) !== undefined;
  }

  /** The expression of an attribute; undefined where the configuration never sets it. */
  expression(change: ResourceChange, attribute: string): unknown {
    const expressions = this.resource(change)?.["expressions"];
    return isRecord(expressions) ? expressions[attribute] : undefined;
  }

  /**
   * Whether a value is what the configuration asks for, as far as it says so by constants. An expression without any
   * constant says nothing.
   */
  asksFor(change: ResourceChange, attribute: string, value: unknown): boolean {
    const expression = this.expression(change, attribute);
    const found = constantsAgree(expression, value);
    return found.compared > 0 && found.agree;
  }

  /** Whether an expression of a resource names another resource. */
  refersTo(change: ResourceChange, target: ResourceChange): boolean {
    if (change.module !== target.module) return false;
    const name = `${target.type}.${target.name}`;
    return this.references(change).some((text) => text === name || text.startsWith(`${name}.`));
  }

  private resource(change: ResourceChange): JsonRecord | undefined {
    return this.root.at(change.module)?.resource(`${change.type}.${change.name}`);
  }

  private references(change: ResourceChange): readonly string[] {
    return referencesIn(this.resource(change)?.["expressions"]);
  }
}

function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isRecord(value)) return [];
  const { references } = value;
  if (Array.isArray(references)) return references.filter((text) => typeof text === "string");
  return Object.values(value).flatMap(referencesIn);
}

/** How many constants of an expression were compared with the value at their place, and whether all are equal to it. */
function constantsAgree(
  expression: unknown,
  value: unknown,
): { readonly compared: number; readonly agree: boolean } {
  if (isExpression(expression)) {
    const constant = expression["constant_value"];
    const isWhole = constant !== undefined && !Array.isArray(expression["references"]);
    return isWhole ? { compared: 1, agree: isSameMeaning(constant, value) } : { compared: 0, agree: true };
  }
  const inner = Array.isArray(expression)
    ? expression.map((item, index) => constantsAgree(item, Array.isArray(value) ? value[index] : undefined))
    : isRecord(expression)
      ? Object.entries(expression).map(([key, item]) =>
          constantsAgree(item, isRecord(value) ? value[key] : undefined),
        )
      : [];
  return {
    compared: inner.reduce((sum, { compared }) => sum + compared, 0),
    agree: inner.every(({ agree }) => agree),
  };
}
