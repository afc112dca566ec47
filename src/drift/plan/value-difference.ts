import { isRecord } from "../../sources/resource/json-shape";
import { isSameMeaning, parsedJson } from "./attribute-difference";

/** The smallest part of a value that differs, by its path: `environment.variables.KEY_RULES.rules[1].nightly`. */
export interface ValueDifference {
  readonly path: string;
  readonly declared: unknown;
  readonly actual: unknown;
  /** The values are lists, and only their items that differ are here. */
  readonly isPartOfList?: boolean;
}

/**
 * Where two values differ, within blocks, maps and JSON in texts.
 */
export function valueDifferences(
  path: string,
  declared: unknown,
  actual: unknown,
): readonly ValueDifference[] {
  if (isSameMeaning(declared, actual)) return [];
  const [left, right] = [opened(declared), opened(actual)];
  if (isRecord(left) && isRecord(right)) {
    return [...new Set([...Object.keys(left), ...Object.keys(right)])]
      .sort()
      .flatMap((key) => valueDifferences(`${path}.${key}`, left[key], right[key]));
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    if ([...left, ...right].every(isScalar)) return [listDifference(path, left, right)];
    return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
      // a block that occurs once has no number in Terraform's own paths either
      const at = left.length <= 1 && right.length <= 1 ? path : `${path}[${index}]`;
      return valueDifferences(at, left[index], right[index]);
    }).flat();
  }
  return [{ path, declared, actual }];
}

/** Of two lists of plain values only what the one has and the other has not; where they differ in order, both. */
function listDifference(path: string, left: readonly unknown[], right: readonly unknown[]): ValueDifference {
  const missing = left.filter((item) => !right.includes(item));
  const added = right.filter((item) => !left.includes(item));
  return missing.length + added.length === 0 || left.length === 0 || right.length === 0
    ? { path, declared: left, actual: right }
    : { path, declared: missing, actual: added, isPartOfList: true };
}

function opened(value: unknown): unknown {
  return parsedJson(value) ?? value;
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
