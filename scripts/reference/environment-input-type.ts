import { alternatives, type JsonSchema, referenceName, valuesOf } from "./json-schema";

const HEADER = "// Generated from the environment schema by `npm run docs`; do not edit.\n";

/** The schema as TypeScript, with every description where an editor shows it. */
export function environmentInputType(schema: JsonSchema): string {
  const shared = Object.entries(schema.$defs ?? {}).map(
    ([name, definition]) =>
      `/** A statement in IAM's own words. */\nexport interface ${name}Declaration ${objectType(definition, 0)}\n`,
  );
  return [
    HEADER,
    ...shared,
    `/** One environment, as a person writes it: one AWS account, or one namespace of it. */\nexport interface EnvironmentDeclaration ${objectType(schema, 0)}\n`,
  ].join("\n");
}

function typeOf(schema: JsonSchema, depth: number): string {
  if (schema.$ref !== undefined) return `${referenceName(schema.$ref)}Declaration`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const options = alternatives(schema);
  if (options.length > 0) return options.map((option) => typeOf(option, depth)).join(" | ");
  switch (schema.type) {
    case "array":
      return `readonly (${typeOf(schema.items ?? {}, depth)})[]`;
    case "object": {
      const values = valuesOf(schema);
      if (values !== undefined) return `{ readonly [name: string]: ${typeOf(values, depth)} }`;
      return objectType(schema, depth);
    }
    case "integer":
      return "number";
    default:
      return schema.type ?? "unknown";
  }
}

function objectType({ properties = {}, required = [] }: JsonSchema, depth: number): string {
  const indent = "  ".repeat(depth + 1);
  const members = Object.entries(properties).map(([name, property]) => {
    const optional = required.includes(name) ? "" : "?";
    const type = typeOf(property, depth + 1);
    return `${documentation(property, indent)}${indent}readonly ${name}${optional}: ${type}${optional ? " | undefined" : ""};`;
  });
  return `{\n${members.join("\n")}\n${"  ".repeat(depth)}}`;
}

function documentation({ description, default: fallback }: JsonSchema, indent: string): string {
  const said = /\bDefault[: ]/.test(description ?? "");
  const lines = [
    ...(description ? [description.replaceAll("*/", "* /")] : []),
    ...(fallback !== undefined && !said ? [`@default ${JSON.stringify(fallback)}`] : []),
  ];
  if (lines.length === 0) return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}
