import type { z } from "zod";
import { suggestion } from "../findings/nearest-name";
import { defineRefusal } from "../findings/refusal";
import type { Violation } from "../findings/violation";

export const UNKNOWN_KEY = defineRefusal({
  code: "unknown-key",
  title: "An environment has a key that means nothing",
  why: "A misspelt key would be left out, and its setting with it, silently.",
  example:
    'environments/prod.ts: regoin: only keys that the environment reference lists, got the unknown key "regoin"; did you mean "region"? [unknown-key]',
  remedy: "Correct it as the message proposes, or remove it. The environment reference lists every key.",
  since: "0.1.0",
});

export const VALUE_INVALID = defineRefusal({
  code: "value-invalid",
  title: "A value of an environment is not of the form that its key takes",
  why: "What is not understood is refused before anything is synthesized, rather than guessed.",
  example:
    'environments/prod.ts: accountId: AWS account id: 12 digits, as a string, not all of them 0, got "12345"; write it in that form [value-invalid]',
  remedy: "Write it as the message says. The environment reference has the form of every key.",
  since: "0.1.0",
});

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What a schema said against an input, each as location, expected, got, remedy. `file` is put before every path. */
export function schemaViolations(
  file: string,
  schema: z.ZodType,
  input: unknown,
  issues: readonly Issue[],
): Violation[] {
  return issues.flatMap((issue) => violationsOf(file, schema, input, issue));
}

function violationsOf(file: string, schema: z.ZodType, input: unknown, issue: Issue): Violation[] {
  const location = locationOf(file, issue.path);
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => ({
      code: UNKNOWN_KEY.code,
      location: locationOf(file, [...issue.path, key]),
      expected: "only keys that the environment reference lists",
      got: `the unknown key "${key}"`,
      remedy: suggestion(key, known, "remove it"),
    }));
  }
  if (issue.code === "invalid_union") {
    const nearest = nearestForm(issue);
    if (nearest !== undefined)
      return nearest.flatMap((inner) =>
        violationsOf(file, schema, input, { ...inner, path: [...issue.path, ...inner.path] } as Issue),
      );
  }
  const value = valueAt(input, issue.path);
  const at = schemaAt(schema, issue.path);
  const described = (at?.description ?? elementOf(schema, issue.path))?.replace(/\.$/, "");
  const choices = issue.code === "invalid_union" ? choicesFor(issue, schema, at) : [];
  return [
    { code: VALUE_INVALID.code, location, got: shown(value), ...wording(issue, described, value, choices) },
  ];
}

/** What a list says of its entries, where they say nothing of themselves. */
function elementOf(schema: z.ZodType, path: Path): string | undefined {
  return typeof path.at(-1) === "number" ? schemaAt(schema, path.slice(0, -1))?.description : undefined;
}

/** Of several forms the one that was meant: whose keys are the written ones, and only a value below is wrong. */
function nearestForm(issue: Issue & { readonly code: "invalid_union" }): readonly Issue[] | undefined {
  const forms = issue.errors.filter((form) => form.length > 0 && form.every(({ path }) => path.length > 0));
  return [...forms].sort((a, b) => a.length - b.length)[0];
}

/** Of objects that differ in one key, its values; of other forms, the texts among them. */
function choicesFor(
  issue: Issue & { readonly code: "invalid_union" },
  schema: z.ZodType,
  at: z.ZodType | undefined,
): readonly string[] {
  const { discriminator } = issue;
  if (discriminator === undefined) return choicesOf(at);
  const union = unwrap(schemaAt(schema, issue.path.slice(0, -1)));
  return union === undefined ? [] : objectShapes(union).flatMap((shape) => choicesOf(shape[discriminator]));
}

/** The texts among the forms of a value. */
function choicesOf(schema: z.ZodType | undefined): readonly string[] {
  const definition = unwrap(schema)?.def as
    | { options?: z.ZodType[]; values?: unknown[]; discriminator?: string }
    | undefined;
  if (definition?.values !== undefined) return definition.values.map(String);
  return (definition?.options ?? []).flatMap((option) => choicesOf(option));
}

function wording(
  issue: Issue,
  described: string | undefined,
  value: unknown,
  choices: readonly string[],
): Pick<Violation, "expected" | "remedy"> {
  const meaning = described === undefined ? "" : ` (${described})`;
  switch (issue.code) {
    case "custom": {
      const { expected, remedy } = (issue.params ?? {}) as { expected?: string; remedy?: string };
      return { expected: expected ?? issue.message, remedy: remedy ?? "see docs/environment-reference.md" };
    }
    case "invalid_type":
      return { expected: `${withArticle(issue.expected)}${meaning}`, remedy: "write one" };
    case "invalid_value":
      return {
        expected: `one of ${issue.values.map((v) => JSON.stringify(v)).join(", ")}${meaning}`,
        remedy: suggestion(String(value), issue.values.map(String), "use one of them"),
      };
    case "too_small":
      return issue.origin === "string"
        ? { expected: `${issue.minimum} or more characters${meaning}`, remedy: "write more" }
        : COUNTED.has(issue.origin)
          ? { expected: `${issue.minimum} or more entries${meaning}`, remedy: "add one" }
          : { expected: `${issue.minimum} or more${meaning}`, remedy: "raise it" };
    case "too_big":
      return issue.origin === "string"
        ? { expected: `${issue.maximum} or fewer characters${meaning}`, remedy: "shorten it" }
        : COUNTED.has(issue.origin)
          ? { expected: `${issue.maximum} or fewer entries${meaning}`, remedy: "remove some" }
          : { expected: `${issue.maximum} or less${meaning}`, remedy: "lower it" };
    case "invalid_format":
      return {
        expected: described ?? FORMATS[issue.format] ?? "the form that the environment reference gives",
        remedy: "write it in that form",
      };
    case "invalid_union":
      return {
        expected:
          choices.length === 0
            ? (described ?? "one of the forms of the environment reference")
            : `one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}${issue.discriminator === undefined ? ", or an object as the environment reference has it" : ""}${meaning}`,
        remedy:
          typeof value === "string" && choices.length > 0
            ? suggestion(value, choices, "use one of them")
            : "see docs/environment-reference.md",
      };
    default:
      return { expected: `${issue.message}${meaning}`, remedy: "see docs/environment-reference.md" };
  }
}

/** What is counted by entries. */
const COUNTED: ReadonlySet<string> = new Set(["array", "set", "map", "record"]);
const FORMATS: Readonly<Record<string, string>> = {
  email: "an e-mail address",
  date: "a day, YYYY-MM-DD",
};

const withArticle = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

/** `environments/prod.ts: devices.anna laptop.owner`; array positions as `[0]`. */
export function locationOf(file: string, path: Path): string {
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return steps === "" ? file : `${file}: ${steps.replace(/^\./, "")}`;
}

/** A value as a person recognizes it, cut where it is long. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = jsonOf(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // a bigint, or an object that holds itself
    return undefined;
  }
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    input,
  );
}

function keysAt(schema: z.ZodType, path: Path): string[] {
  const at = unwrap(schemaAt(schema, path));
  return at === undefined ? [] : objectShapes(at).flatMap((shape) => Object.keys(shape));
}

/** The schema below a path, with the description that was given nearest to it. */
function schemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  let current: z.ZodType | undefined = schema;
  for (const step of path) {
    const inner: z.ZodType | undefined = unwrap(current);
    current = inner === undefined ? undefined : child(inner, step);
  }
  return current;
}

/** Looks inside the wrappers that carry no shape of their own: defaults, optional, readonly, transforms. */
function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  let current = schema;
  while (current !== undefined) {
    const definition = current.def as { innerType?: z.ZodType; in?: z.ZodType };
    const inner = definition.innerType ?? definition.in;
    if (inner === undefined) return current;
    current = inner;
  }
  return current;
}

function child(schema: z.ZodType, step: PropertyKey): z.ZodType | undefined {
  const definition = schema.def as {
    type: string;
    element?: z.ZodType;
    valueType?: z.ZodType;
    options?: z.ZodType[];
  };
  if (definition.type === "array") return definition.element;
  if (definition.type === "record") return definition.valueType;
  return objectShapes(schema)
    .map((shape) => shape[String(step)])
    .find((found) => found !== undefined);
}

function objectShapes(schema: z.ZodType): Record<string, z.ZodType>[] {
  const definition = schema.def as { type: string; shape?: Record<string, z.ZodType>; options?: z.ZodType[] };
  if (definition.shape !== undefined) return [definition.shape];
  return (definition.options ?? []).flatMap((option) => {
    const inner = unwrap(option);
    return inner === undefined ? [] : objectShapes(inner);
  });
}
