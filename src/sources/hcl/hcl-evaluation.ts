import { isRecord } from "../resource/json-shape";
import { hasUnknownPart, isUnknownValue, type UnknownParts, UnknownValue } from "../resource/unknown-parts";
import { follow, type PlainStep } from "./follow";
import { forEach } from "./for-expression";
import { parseTemplate } from "./hcl-expression";
import { LOOKING, READING, THROUGH } from "./hcl-functions";
import type { Expression, Step } from "./hcl-syntax";
import { operation, truth } from "./operators";
import type { Scope } from "./scope";

export { follow, type PlainStep } from "./follow";
export type { Scope } from "./scope";

/** Strings of Terraform's JSON syntax, however deep in a value, as what they evaluate to. */
export function evaluateJson(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") {
    return value.includes("{") ? evaluate(parseTemplate(value), scope) : value;
  }
  if (Array.isArray(value)) return value.map((item) => evaluateJson(item, scope));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluateJson(item, scope)]));
}

export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return expression.parts
        .map((part) => (typeof part === "string" ? part : scope.parts.text(evaluate(part, scope))))
        .join("");
    case "tuple":
      return expression.items.map((item) => evaluate(item, scope));
    case "object":
      return Object.fromEntries(
        expression.entries.map(([key, value]) => [
          scope.parts.text(evaluate(key, scope)),
          evaluate(value, scope),
        ]),
      );
    case "traversal":
      return scope.resolve(
        expression.root,
        expression.steps.map((step) => plainStep(step, scope)),
      );
    case "access":
      return accessed(expression.source, expression.steps, scope);
    case "call":
      return call(expression.name, expression.arguments, scope);
    case "conditional": {
      const condition = evaluate(expression.condition, scope);
      const isTrue = truth(condition);
      if (isTrue !== undefined) return evaluate(isTrue ? expression.then : expression.otherwise, scope);
      return isUnknownValue(condition) ? condition : unknownCondition(condition, scope);
    }
    case "unary": {
      const operand = evaluate(expression.operand, scope);
      if (isUnknownValue(operand)) return operand;
      const value = expression.operator === "!" ? truth(operand) : Number(operand);
      if (value === undefined || Number.isNaN(value)) return unknownCondition(operand, scope);
      return expression.operator === "!" ? !value : -Number(value);
    }
    case "binary":
      return operation(
        expression.operator,
        evaluate(expression.left, scope),
        evaluate(expression.right, scope),
        scope,
      );
    case "for":
      return forEach(expression, scope, evaluate);
    case "opaque":
      return new UnknownValue(
        scope.location,
        `the expression is not evaluated here: ${withoutTexts(expression.text)}`,
      );
  }
}

/** Texts in an expression may be secrets; its names tell enough. */
function withoutTexts(expression: string): string {
  return expression.replace(/"(?:[^"\\]|\\.)*"/g, '"..."');
}

function accessed(source: Expression, steps: readonly Step[], scope: Scope): unknown {
  const value = evaluate(source, scope);
  if (isUnknownValue(value)) return value;
  const found = follow(
    value,
    steps.map((step) => plainStep(step, scope)),
  );
  return found === undefined ? new UnknownValue(scope.location, "there is no such element") : found;
}

function unknownCondition(value: unknown, { parts, location }: Scope): UnknownValue {
  const [unknown] = typeof value === "string" ? parts.in(value) : [];
  return unknown ?? new UnknownValue(location, "a condition there is neither true nor false");
}

function plainStep(step: Step, scope: Scope): PlainStep {
  if ("name" in step) return step.name;
  if ("splat" in step) return step;
  const key = evaluate(step.key, scope);
  return typeof key === "number" ? key : scope.parts.text(key);
}

function call(name: string, given: readonly Expression[], scope: Scope): unknown {
  const values = given.map((argument) => evaluate(argument, scope));
  if (name === "sensitive") return scope.parts.sensitive(values[0]);
  const through = THROUGH[name];
  const looking = LOOKING[name];
  const unknown = values.find(isUnknownValue);
  if (through === undefined && looking === undefined) {
    const reason = READING.has(name)
      ? `the function ${name} reads what is on the machine that plans: it is not evaluated here`
      : `the function ${name} is not evaluated here`;
    return new UnknownValue(scope.location, reason);
  }
  if (unknown !== undefined && name !== "join" && name !== "format" && name !== "concat") return unknown;
  const marked = marks(values, scope.parts);
  if (through === undefined && hasMarks(marked)) {
    return new UnknownValue(scope.location, `${name}() of something that is not known`);
  }
  const result = (through ?? looking)?.(...marked);
  return result === undefined
    ? new UnknownValue(scope.location, `the function ${name} is not evaluated here with these arguments`)
    : result;
}

/** Unknown values inside lists and objects as marks, which text can carry. */
function marks(values: readonly unknown[], parts: UnknownParts): readonly unknown[] {
  return values.map((value) => markedDeep(value, parts));
}

function markedDeep(value: unknown, parts: UnknownParts): unknown {
  if (isUnknownValue(value)) return parts.mark(value);
  if (Array.isArray(value)) return value.map((item) => markedDeep(item, parts));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markedDeep(item, parts)]));
}

function hasMarks(value: unknown): boolean {
  if (typeof value === "string") return hasUnknownPart(value);
  if (Array.isArray(value)) return value.some(hasMarks);
  return isRecord(value) && Object.values(value).some(hasMarks);
}
