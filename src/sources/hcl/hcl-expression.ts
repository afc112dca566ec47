import { HclReader, Unreadable } from "./hcl-reader";
import type { Expression } from "./hcl-syntax";

/** A string of Terraform's JSON syntax: text with `${...}`. @see https://developer.hashicorp.com/terraform/language/syntax/json */
export function parseTemplate(text: string): Expression {
  if (!text.includes("${") && !text.includes("%{")) return { kind: "literal", value: text };
  try {
    const reader = new HclReader(text);
    const parts = reader.template(0);
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
