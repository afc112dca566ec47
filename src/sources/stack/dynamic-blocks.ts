import { elementsOf } from "../hcl/for-expression";
import { blocks, isRecord, type JsonRecord } from "../resource/json-shape";
import { isUnknownValue, UnknownValue } from "../resource/unknown-parts";
import type { LocalNames } from "./local-names";

type Evaluate = (value: unknown, location: string, names: LocalNames) => unknown;

/** Deeper nesting is hostile. */
const DEEPEST = 8;

/** Whether a block or anything in it holds a `dynamic` block, and so more blocks than are written. */
export function hasDynamicBlocks(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.some((item) => hasDynamicBlocks(item, depth + 1));
  if (!isRecord(value)) return false;
  return (
    definitionsOf(value).length > 0 || Object.values(value).some((item) => hasDynamicBlocks(item, depth + 1))
  );
}

/**
 * The blocks of one type that a body has: those that are written, and those that its `dynamic` blocks make, each with
 * its values evaluated. An unknown where it is not known how many a `dynamic` block makes.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
 */
export function blocksOfType(
  body: JsonRecord,
  type: string,
  location: string,
  names: LocalNames,
  evaluate: Evaluate,
): readonly unknown[] | UnknownValue {
  const written: unknown[] = blocks(body[type]).map((block) =>
    evaluatedBlock(block, location, names, evaluate),
  );
  for (const definition of definitionsOf(body).filter((one) => one.type === type)) {
    const made = madeBlocks(definition, location, names, evaluate);
    if (isUnknownValue(made)) return made;
    written.push(...made);
  }
  return written;
}

interface Definition {
  readonly type: string;
  readonly body: JsonRecord;
}

/** `"dynamic": { TYPE: { for_each, content, iterator? } }`, or lists of them. */
function definitionsOf(body: JsonRecord): readonly Definition[] {
  if (body["dynamic"] === undefined) return [];
  return blocks(body["dynamic"]).flatMap((named) =>
    Object.entries(named).flatMap(([type, bodies]) =>
      blocks(bodies)
        .filter((one) => one["content"] !== undefined || one["for_each"] !== undefined)
        .map((one) => ({ type, body: one })),
    ),
  );
}

/** Types of blocks that a body's `dynamic` blocks make. */
export function dynamicTypes(body: JsonRecord): readonly string[] {
  if (body["dynamic"] === undefined) return [];
  return [...new Set(definitionsOf(body).map(({ type }) => type))];
}

function madeBlocks(
  { type, body }: Definition,
  location: string,
  names: LocalNames,
  evaluate: Evaluate,
): readonly unknown[] | UnknownValue {
  const collection = evaluate(body["for_each"], location, names);
  const reason = (why: string) => `how many ${type} blocks there are is not known: ${why}`;
  if (isUnknownValue(collection)) return new UnknownValue(location, reason(collection.reason));
  const elements = elementsOf(collection);
  if (elements === undefined) return new UnknownValue(location, reason("for_each is no list, set or map"));
  const iterator = typeof body["iterator"] === "string" ? body["iterator"] : type;
  const isSet = typeof body["for_each"] === "string" && /^\$\{\s*toset\s*\(/.test(body["for_each"]);
  const [content = {}] = blocks(body["content"]);
  return elements.map(([key, value]) => {
    const element = { key: isSet ? value : key, value };
    const inner = { ...names, iterators: new Map([...(names.iterators ?? []), [iterator, element]]) };
    return evaluatedBlock(content, location, inner, evaluate);
  });
}

function evaluatedBlock(
  block: JsonRecord,
  location: string,
  names: LocalNames,
  evaluate: Evaluate,
): JsonRecord {
  const types = new Set([
    ...dynamicTypes(block),
    ...Object.keys(block).filter((key) => hasDynamicBlocks(block[key])),
  ]);
  const plain = Object.entries(block)
    .filter(([key]) => key !== "dynamic" && key !== "//" && !types.has(key))
    .map(([key, value]) => [key, evaluate(value, location, names)] as const);
  const made = [...types]
    .filter((type) => type !== "dynamic")
    .map((type) => [type, blocksOfType(block, type, location, names, evaluate)] as const);
  return Object.fromEntries([...plain, ...made]);
}
