import type { Attributes } from "./reviewed-environment";
import { capped } from "./statement-diff";

/** Names of attributes that differ, tags apart. */
export function changedAttributes(before: Attributes, after: Attributes): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !/^tags(?:_all)?$/.test(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

/** Attributes as lines of a diff. */
export function attributeDiff(
  before: Attributes,
  after: Attributes,
  names: readonly string[],
): readonly string[] {
  const text = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
  return capped(
    names.flatMap((name) => [
      ...(before[name] === undefined ? [] : [`- ${name}: ${text(before[name])}`]),
      ...(after[name] === undefined ? [] : [`+ ${name}: ${text(after[name])}`]),
    ]),
  );
}
