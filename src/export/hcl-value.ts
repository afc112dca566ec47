import { hclString, isPlain } from "./hcl-template";

/** Replaces a value by an expression where it is what a variable stands for; nothing where it stays. */
export type Variables = (key: string, value: unknown) => string | undefined;

const IDENTIFIER = /^[A-Za-z_][\w-]*$/;

/** One line of a body: what stands left of `=`, and the expression, which may have several lines. */
export interface Assignment {
  readonly key: string;
  readonly value: string;
}

/**
 * A value as an HCL expression, formatted as `terraform fmt` does: `=` of lines that follow each other is aligned, an
 * expression of several lines stands for itself.
 */
export function hclValue(value: unknown, indent: number, variables: Variables): string {
  if (typeof value === "string") return hclString(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return list(value, indent, variables);
  return object(value as Readonly<Record<string, unknown>>, indent, variables);
}

function list(items: readonly unknown[], indent: number, variables: Variables): string {
  if (items.length === 0) return "[]";
  const texts = items.map((item) => hclValue(item, indent + 2, variables));
  const line = `[${texts.join(", ")}]`;
  if (items.every((item) => typeof item !== "object" || item === null) && line.length + indent < 90)
    return line;
  const margin = " ".repeat(indent + 2);
  return `[\n${texts.map((text) => `${margin}${text},\n`).join("")}${" ".repeat(indent)}]`;
}

function object(value: Readonly<Record<string, unknown>>, indent: number, variables: Variables): string {
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, one]) => ({
    key: IDENTIFIER.test(key) ? key : hclString(key),
    value: variables(key, one) ?? hclValue(one, indent + 2, variables),
  }));
  return `{\n${assignments(lines, indent + 2)}${" ".repeat(indent)}}`;
}

/** Lines `key = value`, aligned. */
export function assignments(lines: readonly Assignment[], indent: number): string {
  const margin = " ".repeat(indent);
  const isShort = ({ value }: Assignment) => !value.includes("\n");
  let text = "";
  for (let start = 0; start < lines.length; ) {
    let end = start;
    while (end < lines.length && isShort(lines[end] as Assignment)) end += 1;
    const width = Math.max(0, ...lines.slice(start, end).map(({ key }) => key.length));
    for (const { key, value } of lines.slice(start, end))
      text += `${margin}${key.padEnd(width)} = ${value}\n`;
    const long = lines[end];
    if (long !== undefined) text += `${margin}${long.key} = ${long.value}\n`;
    start = end + 1;
  }
  return text;
}

/** Attributes of which the provider compares JSON by what it says, not by its bytes. */
const JSON_BY_MEANING: ReadonlySet<string> = new Set(["policy", "assume_role_policy", "event_pattern"]);

/**
 * JSON text as `jsonencode(...)`, where the provider reads it by meaning or Terraform would write the very same bytes;
 * nothing where neither is certain.
 */
export function hclJson(key: string, text: string, indent: number, variables: Variables): string | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!JSON_BY_MEANING.has(key) && !(isPlain(text) && text === encodedByTerraform(parsed))) return undefined;
  return `jsonencode(${hclValue(parsed, indent, variables)})`;
}

/** What `jsonencode` writes: sorted keys, no blanks, `<`, `>` and `&` escaped. */
function encodedByTerraform(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([left], [right]) => (left < right ? -1 : 1)))
      : one,
  ).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
