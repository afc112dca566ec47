import type { Attributes } from "../reviewed-environment";
import { canonical, isAbsent, isNotKnown, isPlainObject, jsonOf, plainText } from "./values";

/** The smallest part of something that differs. */
export interface LeafChange {
  /** `rule[0].status`; in JSON that an attribute holds: `container_definitions[0].image`. */
  readonly path: string;
  /** Without indexes. */
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Deeper than anything means. */
const DEEPEST = 40;

/** Every leaf that differs between two sets of attributes. Values that say the same in other words are no difference. */
export function changedLeaves(
  before: Attributes | undefined,
  after: Attributes | undefined,
): readonly LeafChange[] {
  const leaves: LeafChange[] = [];
  collect("", "", before, after, leaves, 0);
  return leaves;
}

function collect(
  path: string,
  name: string,
  before: unknown,
  after: unknown,
  leaves: LeafChange[],
  depth: number,
): void {
  if (canonical(before) === canonical(after)) return;
  const [old, current] = [opened(before), opened(after)];
  const isBlock = (value: unknown) => isPlainObject(value) || isBlockList(value) || isAbsent(value);
  if (
    depth < DEEPEST &&
    isBlock(old) &&
    isBlock(current) &&
    (depth === 0 || !(isAbsent(old) && isAbsent(current)))
  ) {
    if (isBlockList(old) || isBlockList(current)) {
      collectBlocks(path, name, asList(old), asList(current), leaves, depth);
    } else collectKeys(path, name, asObject(old), asObject(current), leaves, depth);
    return;
  }
  leaves.push({ path, name, before: shown(before), after: shown(after) });
}

function collectKeys(
  path: string,
  name: string,
  before: Attributes,
  after: Attributes,
  leaves: LeafChange[],
  depth: number,
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const separator = path === "" ? "" : ".";
    collect(
      `${path}${separator}${key}`,
      `${name}${separator}${key}`,
      before[key],
      after[key],
      leaves,
      depth + 1,
    );
  }
}

/** Blocks that are the same on both sides are taken out, in whatever order they are; the others are paired as they stand. */
function collectBlocks(
  path: string,
  name: string,
  before: readonly unknown[],
  after: readonly unknown[],
  leaves: LeafChange[],
  depth: number,
): void {
  const kept = new Map<string, number>();
  for (const block of after) kept.set(canonical(block), (kept.get(canonical(block)) ?? 0) + 1);
  const rest = before.filter((block) => {
    const count = kept.get(canonical(block)) ?? 0;
    kept.set(canonical(block), count - 1);
    return count <= 0;
  });
  const gone = new Map<string, number>();
  for (const block of before) gone.set(canonical(block), (gone.get(canonical(block)) ?? 0) + 1);
  const added = after.filter((block) => {
    const count = gone.get(canonical(block)) ?? 0;
    gone.set(canonical(block), count - 1);
    return count <= 0;
  });
  const isOne = Math.max(before.length, after.length) === 1;
  for (const [index, [old, current]] of pairs(rest, added).entries()) {
    collect(isOne ? path : `${path}[${index}]`, name, old, current, leaves, depth + 1);
  }
}

/** Blocks of one key belong together; the others as they stand. */
function pairs(
  before: readonly unknown[],
  after: readonly unknown[],
): readonly (readonly [unknown, unknown])[] {
  const left = [...after];
  const found = before.map((old): readonly [unknown, unknown] => {
    const key = keyOf(old);
    const at = key === undefined ? -1 : left.findIndex((current) => keyOf(current) === key);
    return [old, at < 0 ? undefined : left.splice(at, 1)[0]];
  });
  return [
    ...found.map(([old, current]) => [old, current ?? left.shift()] as const),
    ...left.map((current) => [undefined, current] as const),
  ];
}

function keyOf(block: unknown): string | undefined {
  if (!isPlainObject(block)) return undefined;
  for (const name of ["name", "id", "key", "sid", "rule_id", "priority", "device_name"]) {
    const value = block[name];
    if (typeof value === "string" || typeof value === "number") return `${name}=${value}`;
  }
  return undefined;
}

/** What a text holds as JSON, but for policies: they are compared as a whole. */
function opened(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const json = jsonOf(value);
  if (json === undefined || isPolicy(json)) return value;
  return json;
}

export function isPolicy(value: unknown): boolean {
  return isPlainObject(value) && typeof value["Statement"] === "object" && value["Statement"] !== null;
}

function isBlockList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isPlainObject(item));
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : isAbsent(value) ? [] : [value];
}

function asObject(value: unknown): Attributes {
  return isPlainObject(value) ? value : {};
}

function shown(value: unknown): unknown {
  if (isNotKnown(value)) return value;
  if (typeof value === "string") return plainText(value);
  if (Array.isArray(value)) return value.map(shown);
  return value;
}
