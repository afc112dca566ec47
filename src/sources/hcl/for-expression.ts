import { isRecord } from "../resource/json-shape";
import { isUnknownValue, UnknownValue } from "../resource/unknown-parts";
import { follow, type PlainStep } from "./follow";
import type { Expression, ForExpression } from "./hcl-syntax";
import { truth } from "./operators";
import type { Scope } from "./scope";

/** More passes are hostile. */
const MOST = 10_000;

/** Keys and values of a collection as `for` and `for_each` walk them; undefined for what is none. */
export function elementsOf(
  collection: unknown,
): readonly (readonly [key: unknown, value: unknown])[] | undefined {
  if (Array.isArray(collection))
    return collection.slice(0, MOST).map((value, index) => [index, value] as const);
  return isRecord(collection) ? Object.entries(collection).slice(0, MOST) : undefined;
}

/** @see https://developer.hashicorp.com/terraform/language/expressions/for */
export function forEach(
  expression: ForExpression,
  scope: Scope,
  evaluate: (expression: Expression, scope: Scope) => unknown,
): unknown {
  const collection = evaluate(expression.collection, scope);
  if (isUnknownValue(collection)) return collection;
  const elements = elementsOf(collection);
  if (elements === undefined) return new UnknownValue(scope.location, "for walks a list or a map");
  const list: unknown[] = [];
  const entries: [string, unknown][] = [];
  for (const [key, value] of elements) {
    const inner = withNames(scope, expression.names, key, value);
    const condition = expression.condition === undefined ? true : evaluate(expression.condition, inner);
    const isKept = truth(condition);
    if (isKept === undefined) {
      return isUnknownValue(condition)
        ? condition
        : new UnknownValue(scope.location, "a condition there is neither true nor false");
    }
    if (!isKept) continue;
    const result = evaluate(expression.result, inner);
    if (expression.key === undefined) list.push(result);
    else entries.push([scope.parts.text(evaluate(expression.key, inner)), result]);
  }
  if (expression.key === undefined) return list;
  return expression.isGrouping ? grouped(entries) : Object.fromEntries(entries);
}

function grouped(entries: readonly (readonly [string, unknown])[]): unknown {
  const groups = new Map<string, unknown[]>();
  for (const [key, value] of entries) groups.set(key, [...(groups.get(key) ?? []), value]);
  return Object.fromEntries(groups);
}

function withNames(scope: Scope, names: readonly string[], key: unknown, value: unknown): Scope {
  const own = new Map<string, unknown>(
    names.length === 1
      ? [[names[0] ?? "", value]]
      : [
          [names[0] ?? "", key],
          [names[1] ?? "", value],
        ],
  );
  return {
    ...scope,
    resolve: (root: string, steps: readonly PlainStep[]) =>
      own.has(root)
        ? (follow(own.get(root), steps) ?? new UnknownValue(scope.location, `${root} has no such element`))
        : scope.resolve(root, steps),
  };
}
