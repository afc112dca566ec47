import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };
type Resources = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

interface Configuration {
  readonly provider: Readonly<Record<string, readonly JsonObject[]>>;
  readonly resource: Resources;
  readonly output?: Readonly<Record<string, JsonObject>>;
}

/** Synthesized stacks by their names. */
export type Stacks = Readonly<Record<string, Configuration>>;

/** Attributes that are maps of a person's own keys, which keep their letters. */
const MAPS = new Set(["tags", "variables", "dimensions", "value"]);
const requireHere = createRequire(__filename);

/** The stacks in an outdir. */
export function readStacks(outdir: string): Stacks {
  const folder = join(outdir, "stacks");
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, JSON.parse(readFileSync(join(folder, name, "cdk.tf.json"), "utf8"))]),
  );
}

/** Every resource without what only cdktf reads, to tell whether two outdirs declare the same. */
export function resourcesOf(stacks: Stacks): unknown {
  return Object.fromEntries(
    Object.entries(stacks).map(([stack, { resource }]) => [
      stack,
      Object.fromEntries(
        Object.entries(resource).flatMap(([type, byName]) =>
          Object.entries(byName).map(([name, { "//": _, ...attributes }]) => [`${type}.${name}`, attributes]),
        ),
      ),
    ]),
  );
}

/**
 * A program in the style of the template of `cdktf init` (barrel import of the provider, one class per stack) that
 * declares exactly these stacks.
 */
export function templateProgram(stacks: Stacks): string {
  const classes = Object.entries(stacks).map(([name, configuration], index) =>
    classOf(index, name, configuration),
  );
  return `import { Construct } from "constructs";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import * as aws from "@cdktf/provider-aws";
import * as random from "@cdktf/provider-random";

${classes.map(({ text }) => text).join("\n")}
const app = new App();
${classes.map(({ name, stack }) => `new ${name}(app, ${JSON.stringify(stack)});`).join("\n")}
app.synth();
`;
}

function classOf(index: number, stack: string, { provider, resource, output = {} }: Configuration) {
  const name = `MyStack${index}`;
  const variables = new Map<string, string>();
  const lines = Object.entries(provider).map(([type, [settings = {}]]) => {
    const made = type === "aws" ? "aws.provider.AwsProvider" : "random.provider.RandomProvider";
    return `new ${made}(this, ${JSON.stringify(type)}, ${literal(settings)});`;
  });
  for (const [address, type, id, attributes] of inOrder(resource)) {
    const { "//": _, depends_on: dependsOn, ...settings } = attributes;
    const variable = `resource${variables.size}`;
    variables.set(address, variable);
    const needed = Array.isArray(dependsOn) ? dependsOn.map((address) => variables.get(String(address))) : [];
    const dependencies = needed.length > 0 ? `, dependsOn: [${needed.join(", ")}]` : "";
    const properties = literal(settings).replace(/ }$/, `${dependencies} }`);
    lines.push(
      `const ${variable} = new ${classFor(type)}(this, ${JSON.stringify(id)}, ${properties});`,
      `${variable};`,
    );
  }
  for (const [id, settings] of Object.entries(output)) {
    lines.push(`new TerraformOutput(this, ${JSON.stringify(id)}, ${literal(settings)});`);
  }
  const text = `class ${name} extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

${lines.map((line) => `    ${line}`).join("\n")}
  }
}
`;
  return { name, stack, text };
}

/** Resources with those they depend on before them. */
function inOrder(resources: Resources): readonly (readonly [string, string, string, JsonObject])[] {
  const waiting = new Map(
    Object.entries(resources).flatMap(([type, byName]) =>
      Object.entries(byName).map(([id, attributes]) => [`${type}.${id}`, [type, id, attributes] as const]),
    ),
  );
  const ordered: (readonly [string, string, string, JsonObject])[] = [];
  const add = (address: string) => {
    const found = waiting.get(address);
    if (found === undefined) return;
    waiting.delete(address);
    const [type, id, attributes] = found;
    const dependsOn = attributes["depends_on"];
    if (Array.isArray(dependsOn)) for (const needed of dependsOn) add(String(needed));
    ordered.push([address, type, id, attributes]);
  };
  for (const address of [...waiting.keys()]) add(address);
  return ordered;
}

/** `aws.iamUser.IamUser` for `aws_iam_user`, as the provider's barrel exports it. */
function classFor(type: string): string {
  const [provider = "", ...words] = type.split("_");
  const file = provider === "random" && words.join() === "string" ? "string-resource" : words.join("-");
  const module = requireHere(`@cdktf/provider-${provider}/lib/${file}`) as Record<
    string,
    { tfResourceType?: string }
  >;
  const found = Object.entries(module).find(([, exported]) => exported.tfResourceType === type);
  if (found === undefined)
    throw new Error(`@cdktf/provider-${provider}/lib/${file} has no class for ${type}`);
  return `${provider}.${camelCase(file.replaceAll("-", "_"))}.${found[0]}`;
}

function literal(value: Json, keepKeys = false): string {
  if (Array.isArray(value)) return `[${value.map((entry: Json) => literal(entry)).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => {
    const name = keepKeys ? JSON.stringify(key) : camelCase(key);
    return `${name}: ${literal(entry, MAPS.has(key))}`;
  });
  return `{ ${entries.join(", ")} }`;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
