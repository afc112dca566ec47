import { HclReader, Unreadable } from "./hcl-reader";

/** The part of Terraform's expression language that is understood; everything else is "opaque" and never guessed. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: "traversal"; readonly root: string; readonly steps: readonly Step[] }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "tuple"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: "opaque"; readonly text: string };

/** `.name`, `[key]`, or a splat. */
export type Step = { readonly name: string } | { readonly key: Expression } | { readonly splat: true };

/** A string of Terraform's JSON syntax: text with `${...}`. @see https://developer.hashicorp.com/terraform/language/syntax/json */
export function parseTemplate(text: string): Expression {
  if (!text.includes("${") && !text.includes("%{")) return { kind: "literal", value: text };
  try {
    const reader = new HclReader(text);
    const parts = reader.template(undefined, 0);
    const [only, ...others] = parts;
    if (only === undefined) return { kind: "literal", value: "" };
    if (others.length === 0) return typeof only === "string" ? { kind: "literal", value: only } : only;
    return { kind: "template", parts };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: "opaque", text };
    throw error;
  }
}

/** One expression, as between `${` and `}`. */
export function parseExpression(text: string): Expression {
  try {
    const reader = new HclReader(text);
    const expression = reader.expression(0);
    reader.end();
    return expression;
  } catch (error) {
    if (error instanceof Unreadable) return { kind: "opaque", text };
    throw error;
  }
}
