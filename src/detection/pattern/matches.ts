import { meets } from "./conditions";
import { type Condition, type EventPattern, isLeaf } from "./pattern";

type Json = Readonly<Record<string, unknown>>;

/**
 * Whether EventBridge would match an event, as its documentation says. Where the event holds a list, one of its items has
 * to fit; where items are objects, one object has to fit the whole of what the pattern asks of it.
 *
 * Numbers are compared as JavaScript reads them: EventBridge tells 300 from 3.0e2, an event that was parsed does not.
 *
 * @param pattern one without faults (`patternFaults`)
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function matchesPattern(pattern: EventPattern, event: Json): boolean {
  return fits(pattern, event, leafPaths(event), "");
}

function fits(pattern: EventPattern, event: Json, leaves: ReadonlySet<string>, path: string): boolean {
  return Object.entries(pattern).every(([field, asked]) => {
    if (asked === undefined) return true;
    if (field === "$or") {
      return (asked as readonly EventPattern[]).some((each) => fits(each, event, leaves, path));
    }
    const at = `${path}/${field}`;
    const value = Object.hasOwn(event, field) ? event[field] : undefined;
    if (isLeaf(asked)) return leafFits(asked, value, leaves.has(at));
    // a field that is missing is asked as an empty object: what it holds may be asked not to exist
    const objects = itemsOf(value).filter(isObject);
    return (objects.length === 0 ? [{}] : objects).some((each) =>
      fits(asked as EventPattern, each, leaves, at),
    );
  });
}

function leafFits(conditions: readonly Condition[], value: unknown, isThere: boolean): boolean {
  const scalars = itemsOf(value).filter((item) => !isObject(item));
  return conditions.some((condition) => {
    if (typeof condition === "object" && condition !== null && "exists" in condition)
      return condition.exists === isThere;
    return scalars.some((item) => meets(item, condition));
  });
}

/** A value as EventBridge sees it: the items of a list, lists within lists too. */
function itemsOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.flatMap(itemsOf) : [value];
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Paths of every value that is no object, without places in lists: `/detail/userIdentity/type`. */
function leafPaths(event: Json): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    for (const item of itemsOf(value)) {
      if (isObject(item)) for (const [field, below] of Object.entries(item)) walk(below, `${path}/${field}`);
      else found.add(path);
    }
  };
  walk(event, "");
  return found;
}
