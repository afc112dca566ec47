import { alternatives, type JsonSchema, referenceName, valuesOf } from "./json-schema";

const INTRODUCTION = `# Environment reference

<!-- Generated from the environment schema by \`npm run docs\`; do not edit. -->

An environment is one AWS account (or one namespace of it), written as one file in \`environments/\` and listed in
\`environments/index.ts\`. Everything is validated at run time, strictly: an unknown key is an error, and all that is
wrong in all files is told at once. Keys of records (\`devices\`, \`roles\`, ...) become names in the account and
addresses in Terraform: renaming one replaces the resource.

Helpers: \`local()\`, \`s3({ ... })\`, \`allow(actions, resources, condition?)\`, \`deny(...)\`, \`dailyRole({ ... })\`,
\`adminRole({ ... })\`, \`dailyAt("00:00", "Asia/Tokyo")\`.
`;

/** The schema as Markdown: one table for each object, top to bottom. */
export function environmentReference(schema: JsonSchema): string {
  const sections = [
    section("Environment", schema),
    ...Object.entries(schema.$defs ?? {}).map(([name, definition]) => section(name, definition)),
  ];
  return `${[INTRODUCTION, ...sections.flat()].join("\n")}`;
}

function section(title: string, schema: JsonSchema): string[] {
  const { properties = {}, required = [] } = schema;
  const rows = Object.entries(properties).map(
    ([name, property]) =>
      `| \`${name}\` | ${cell(typeName(property))} | ${fallback(name, property, required)} | ${cell(property.description ?? "")} |`,
  );
  const table = [`## ${title}\n`, "| key | type | default | meaning |", "|---|---|---|---|", ...rows, ""];
  return [
    ...table,
    ...Object.entries(properties).flatMap(([name, property]) => nested(pathOf(title, name), property)),
  ];
}

const pathOf = (title: string, name: string) => (title === "Environment" ? name : `${title}.${name}`);

/** Objects below a property, each with a table of its own. */
function nested(path: string, schema: JsonSchema): string[] {
  const values = valuesOf(schema);
  if (values !== undefined) return nested(`${path}.<name>`, values);
  if (schema.items !== undefined) return nested(`${path}[]`, schema.items);
  const options = alternatives(schema);
  if (options.length > 0) {
    return options.flatMap((option) => {
      const kind = option.properties?.["type"]?.const;
      return nested(kind === undefined ? path : `${path} (${kind})`, option);
    });
  }
  return schema.properties === undefined ? [] : section(path, schema);
}

function typeName(schema: JsonSchema): string {
  if (schema.$ref !== undefined)
    return `[${referenceName(schema.$ref)}](#${referenceName(schema.$ref).toLowerCase()})`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(", ");
  const options = alternatives(schema);
  if (options.length > 0) return [...new Set(options.map(typeName))].join(" or ");
  const values = valuesOf(schema);
  if (values !== undefined) return `record of ${typeName(values)}`;
  if (schema.items !== undefined) return `list of ${typeName(schema.items)}`;
  if (schema.minimum !== undefined && schema.maximum !== undefined)
    return `${schema.type} ${schema.minimum}-${schema.maximum}`;
  return schema.type ?? "any";
}

function fallback(name: string, schema: JsonSchema, required: readonly string[]): string {
  if (required.includes(name)) return "required";
  return schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
