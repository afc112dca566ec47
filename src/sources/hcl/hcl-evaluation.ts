import { isRecord } from "../resource/json-shape";
import { hasUnknownPart, isUnknownValue, type UnknownParts, UnknownValue } from "../resource/unknown-parts";
import { parseTemplate } from "./hcl-expression";
import { LOOKING, THROUGH } from "./hcl-functions";
import type { Expression, Step } from "./hcl-syntax";

/** A step of a traversal after its keys were evaluated. */
export type PlainStep = string | number | { readonly splat: true };

/** What names mean at one place of a configuration. */
export interface Scope {
  readonly parts: UnknownParts;
  /** Address of the attribute that is being read, for reasons: `aws_iam_role.admin.name`. */
  readonly location: string;
  /** The value of `root.step.step…`; an `UnknownValue` where it has none. */
  resolve(root: string, steps: readonly PlainStep[]): unknown;
}

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
    case "call":
      return call(expression.name, expression.arguments, scope);
    case "opaque":
      return new UnknownValue(scope.location, `the expression is not evaluated here: ${expression.text}`);
  }
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
    return new UnknownValue(scope.location, `the function ${name} is not evaluated here`);
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

/** Follows further steps into a value: `.key`, `[0]`, `[*]`. Undefined where there is nothing. */
export function follow(value: unknown, steps: readonly PlainStep[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || isUnknownValue(value)) return value;
  if (typeof step === "object") {
    return Array.isArray(value) ? value.map((item) => follow(item, rest)) : undefined;
  }
  if (Array.isArray(value)) return follow(value[Number(step)], rest);
  return isRecord(value) ? follow(value[step], rest) : undefined;
}
