import { isRecord } from "../resource/json-shape";

type Values = readonly unknown[];
type HclFunction = (...given: Values) => unknown;

/**
 * Terraform functions that a policy, a name or a list of ARNs is commonly written with. Undefined as answer: not these
 * arguments. @see https://developer.hashicorp.com/terraform/language/functions
 *
 * Those of `THROUGH` carry a text on unchanged, so that an unknown part inside survives; the others look into texts and
 * are not asked about unknown parts.
 */
export const THROUGH: Readonly<Record<string, HclFunction>> = {
  jsonencode: (value) => encode(value),
  join: (separator, ...lists) =>
    typeof separator === "string" ? lists.flat().map(String).join(separator) : undefined,
  concat: (...lists) => (lists.every(Array.isArray) ? lists.flat() : undefined),
  flatten: (value) => (Array.isArray(value) ? value.flat(16) : undefined),
  merge: (...maps) => (maps.every(isRecord) ? Object.assign({}, ...maps) : undefined),
  toset: (value) => (Array.isArray(value) ? [...new Set(value)] : undefined),
  tolist: (value) => (Array.isArray(value) ? value : undefined),
  tomap: (value) => (isRecord(value) ? value : undefined),
  tostring: (value) => (typeof value === "object" ? undefined : String(value)),
  nonsensitive: (value) => value,
  try: (value) => value,
  can: () => true,
  setunion: (...sets) => (sets.every(Array.isArray) ? [...new Set(sets.flat())] : undefined),
  zipmap: (keys, values) =>
    Array.isArray(keys) && Array.isArray(values)
      ? Object.fromEntries(keys.map((key, index) => [String(key), values[index]]))
      : undefined,
  coalesce: (...values) => values.find((value) => value !== null && value !== ""),
  compact: (value) =>
    Array.isArray(value) ? value.filter((item) => item !== null && item !== "") : undefined,
  one: (value) => (Array.isArray(value) && value.length <= 1 ? (value[0] ?? null) : undefined),
  element: (value, at) =>
    Array.isArray(value) && typeof at === "number" ? value[at % value.length] : undefined,
  lookup: (map, key, otherwise) =>
    isRecord(map) && typeof key === "string" ? (map[key] ?? otherwise) : undefined,
  keys: (value) => (isRecord(value) ? Object.keys(value).sort() : undefined),
  values: (value) =>
    isRecord(value)
      ? Object.keys(value)
          .sort()
          .map((key) => value[key])
      : undefined,
  format: (pattern, ...given) => format(pattern, given),
};

/** Functions whose value depends on files or on the moment of whoever plans. */
export const READING: ReadonlySet<string> = new Set([
  ...["file", "fileexists", "fileset", "filebase64", "templatefile", "abspath", "pathexpand"],
  ...["filebase64sha256", "filebase64sha512", "filemd5", "filesha1", "filesha256", "filesha512"],
  ...["timestamp", "plantimestamp", "uuid", "bcrypt"],
]);

export const LOOKING: Readonly<Record<string, HclFunction>> = {
  jsondecode: (value) => (typeof value === "string" ? decode(value) : undefined),
  lower: (value) => (typeof value === "string" ? value.toLowerCase() : undefined),
  upper: (value) => (typeof value === "string" ? value.toUpperCase() : undefined),
  trimspace: (value) => (typeof value === "string" ? value.trim() : undefined),
  replace: (text, from, to) =>
    [text, from, to].every((value) => typeof value === "string") && !isPattern(String(from))
      ? String(text).replaceAll(String(from), () => String(to))
      : undefined,
  split: (separator, text) =>
    typeof separator === "string" && typeof text === "string" ? text.split(separator) : undefined,
  length: (value) => {
    if (isRecord(value)) return Object.keys(value).length;
    return Array.isArray(value) || typeof value === "string" ? value.length : undefined;
  },
  tonumber: (value) =>
    Number.isFinite(Number(value)) && value !== "" && value !== null ? Number(value) : undefined,
  sort: (value) => (Array.isArray(value) ? value.map(String).sort() : undefined),
  distinct: (value) => (Array.isArray(value) ? [...new Set(value)] : undefined),
  startswith: ofTexts((text, prefix) => text.startsWith(prefix)),
  endswith: ofTexts((text, suffix) => text.endsWith(suffix)),
  trimprefix: ofTexts((text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: ofTexts((text, suffix) =>
    suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  range: (...given) => range(given.map(Number)),
  reverse: (value) => (Array.isArray(value) ? [...value].reverse() : undefined),
  alltrue: (value) => (Array.isArray(value) ? value.every((item) => String(item) === "true") : undefined),
  anytrue: (value) => (Array.isArray(value) ? value.some((item) => String(item) === "true") : undefined),
  contains: (value, item) => (Array.isArray(value) ? value.includes(item) : undefined),
};

/** JSON as Terraform writes it; IAM does not mind that Terraform also escapes `<`, `>` and `&`. */
function encode(value: unknown): string | undefined {
  return JSON.stringify(value);
}

function ofTexts(change: (text: string, other: string) => unknown): HclFunction {
  return (text, other) =>
    typeof text === "string" && typeof other === "string" ? change(text, other) : undefined;
}

/** Longer ranges are nobody's list of resources. */
const LONGEST_RANGE = 1024;

function range([first = 0, second, step = 1]: readonly number[]): readonly number[] | undefined {
  const [start, end] = second === undefined ? [0, first] : [first, second];
  const length = Math.ceil((end - start) / step);
  if (!Number.isFinite(length) || length > LONGEST_RANGE) return undefined;
  return Array.from({ length: Math.max(0, length) }, (_, index) => start + index * step);
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPattern(text: string): boolean {
  return text.length > 1 && text.startsWith("/") && text.endsWith("/");
}

function format(pattern: unknown, given: Values): string | undefined {
  if (typeof pattern !== "string" || /%[^sdv%]/.test(pattern)) return undefined;
  let next = 0;
  return pattern.replace(/%[sdv%]/g, (verb) => (verb === "%%" ? "%" : String(given[next++] ?? "")));
}
