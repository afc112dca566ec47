import {
  alternativesOf,
  type Condition,
  type EventPattern,
  type Operator,
} from "../../../src/detection/pattern/pattern";

type Json = Readonly<Record<string, unknown>>;

/**
 * The same question in another way: every alternative of the pattern, against every way to take one item of each list of
 * the event. Slow, and written from the documentation alone.
 */
export function oracleMatches(pattern: EventPattern, event: Json): boolean {
  const present = new Set(views(event).flatMap((view) => Object.keys(view)));
  return alternativesOf(pattern).some((leaves) =>
    views(event).some((view) =>
      leaves.every(({ path, conditions }) => {
        const name = path.join(".");
        return conditions.some((condition) => {
          if (isOperator(condition) && "exists" in condition) return condition.exists === present.has(name);
          return name in view && fits(view[name], condition);
        });
      }),
    ),
  );
}

/** The event as flat fields, for each choice of one item of every list. */
function views(event: unknown, path = ""): readonly Json[] {
  if (Array.isArray(event)) return event.length === 0 ? [{}] : event.flatMap((item) => views(item, path));
  if (typeof event !== "object" || event === null) return [{ [path]: event }];
  return Object.entries(event).reduce<readonly Json[]>(
    (some, [field, value]) => {
      const more = views(value, path === "" ? field : `${path}.${field}`);
      return some.flatMap((one) => more.map((other) => ({ ...one, ...other })));
    },
    [{}],
  );
}

const isOperator = (condition: Condition): condition is Operator =>
  typeof condition === "object" && condition !== null;
const lower = (text: string) => text.toLowerCase();

function fits(value: unknown, condition: Condition): boolean {
  if (!isOperator(condition)) return Object.is(value, condition) || (value === 0 && condition === 0);
  const text = typeof value === "string" ? value : undefined;
  if ("numeric" in condition) {
    if (typeof value !== "number") return false;
    const pairs = condition.numeric.flatMap((each, index) =>
      index % 2 === 0 ? [[each, condition.numeric[index + 1]]] : [],
    );
    return pairs.every(([sign, bound]) => {
      const difference = value - Number(bound);
      return {
        "=": difference === 0,
        "<": difference < 0,
        "<=": difference <= 0,
        ">": difference > 0,
        ">=": difference >= 0,
      }[String(sign)];
    });
  }
  if ("anything-but" in condition) {
    const but = condition["anything-but"];
    if (typeof value !== "string" && typeof value !== "number") return false;
    if (typeof but !== "object") return !fits(value, but);
    if (Array.isArray(but)) return but.every((one) => !fits(value, one));
    const [[kind = "", texts] = []] = Object.entries(but);
    return [texts].flat().every((one) => !fits(value, { [kind]: one } as Operator));
  }
  if (text === undefined) return false;
  if ("prefix" in condition) {
    const part = condition.prefix;
    return typeof part === "string"
      ? text.indexOf(part) === 0
      : lower(text).indexOf(lower(part["equals-ignore-case"])) === 0;
  }
  if ("suffix" in condition) {
    const part = condition.suffix;
    return typeof part === "string"
      ? text.endsWith(part)
      : lower(text).endsWith(lower(part["equals-ignore-case"]));
  }
  if ("equals-ignore-case" in condition) return lower(text) === lower(condition["equals-ignore-case"]);
  if ("wildcard" in condition) return glob(condition.wildcard, text);
  throw new Error("networks are not for the oracle");
}

/** By trying every length that a star may have. */
function glob(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const [first = "", ...rest] = pattern;
  if (first === "\\") return text[0] === rest[0] && glob(rest.slice(1).join(""), text.slice(1));
  if (first !== "*") return text[0] === first && glob(rest.join(""), text.slice(1));
  for (let length = 0; length <= text.length; length += 1)
    if (glob(rest.join(""), text.slice(length))) return true;
  return false;
}
