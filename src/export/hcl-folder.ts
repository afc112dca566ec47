import { exportReadme } from "./export-readme";
import { hclString } from "./hcl-template";
import { type Assignment, assignments, hclJson, hclValue, type Variables } from "./hcl-value";
import { type ExportedFiles, type ExportedStack, type Json, withoutCdktf } from "./stack-export";
import { declarations, type StackVariables, variablesOf } from "./variables";

type Elements = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** A stack as a folder of HCL, formatted as `terraform fmt` does: terraform and providers, variables, resources, outputs. */
export function hclFolder(stack: ExportedStack): ExportedFiles {
  const configuration = withoutCdktf(stack);
  const variables = variablesOf(configuration);
  const writer = new HclWriter(stack, variables);
  const declared = declarations(variables);
  const files = {
    "versions.tf": [writer.terraform(configuration["terraform"] as Json), ...writer.providers(configuration)],
    "variables.tf": Object.entries(declared).map(([name, one]) => writer.variable(name, one as Json)),
    "main.tf": [
      ...writer.elements("data", configuration["data"] as Elements | undefined),
      ...writer.elements("resource", configuration["resource"] as Elements | undefined),
    ],
    "state.tf": ["import", "moved", "removed"].flatMap((kind) =>
      ((configuration[kind] ?? []) as readonly Json[]).map((block) => writer.block(kind, [], block, "")),
    ),
    "outputs.tf": Object.entries((configuration["output"] ?? {}) as Record<string, Json>).map(
      ([name, output]) => writer.block("output", [name], output, ""),
    ),
  };
  return {
    ...Object.fromEntries(
      Object.entries(files)
        .filter(([, blocks]) => blocks.length > 0)
        .map(([name, blocks]) => [name, blocks.join("\n")]),
    ),
    "README.md": exportReadme(stack, Object.keys(declared)),
    ...(stack.lock !== undefined && { ".terraform.lock.hcl": stack.lock }),
  };
}

/** Attributes that hold addresses, which the JSON syntax writes as strings. */
const ADDRESSES: ReadonlySet<string> = new Set([
  "depends_on",
  "provider",
  "to",
  "from",
  "ignore_changes",
  "replace_triggered_by",
]);

class HclWriter {
  private readonly inPolicies: Variables;

  constructor(
    private readonly stack: ExportedStack,
    private readonly known: StackVariables,
  ) {
    const networks = JSON.stringify(known.allowedNetworks);
    this.inPolicies = (key, value) =>
      networks !== undefined && /^aws:SourceIp$/i.test(key) && JSON.stringify(value) === networks
        ? "var.allowed_networks"
        : undefined;
  }

  terraform(terraform: Json): string {
    const {
      backend = {},
      required_providers: required = {},
      ...settings
    } = terraform as {
      backend?: Record<string, Json>;
      required_providers?: Record<string, Json>;
    } & Json;
    const [type, attributes] = Object.entries(backend)[0] ?? [];
    const body = [
      assignments(this.lines(settings, 2), 2),
      `  required_providers {\n${assignments(this.lines(required, 4), 4)}  }\n`,
      ...(type === undefined
        ? []
        : [`  backend ${JSON.stringify(type)} {\n${assignments(this.lines(attributes ?? {}, 4), 4)}  }\n`]),
    ].filter((part) => part !== "");
    return `terraform {\n${body.join("\n")}}\n`;
  }

  providers(configuration: Json): readonly string[] {
    return Object.entries((configuration["provider"] ?? {}) as Record<string, readonly Json[]>).flatMap(
      ([name, all]) => all.map((provider) => this.block("provider", [name], provider, `provider.${name}`)),
    );
  }

  variable(name: string, { type, ...rest }: Json): string {
    const lines: Assignment[] = [
      { key: "description", value: hclValue(rest["description"], 2, () => undefined) },
      { key: "type", value: String(type) },
      { key: "default", value: hclValue(rest["default"], 2, () => undefined) },
    ];
    return `variable ${JSON.stringify(name)} {\n${assignments(lines, 2)}}\n`;
  }

  elements(kind: "data" | "resource", elements: Elements = {}): readonly string[] {
    return Object.entries(elements).flatMap(([type, named]) =>
      Object.entries(named).map(([name, element]) => {
        const path = constructPath(element);
        const said = path === undefined ? "" : `# ${path}\n`;
        return `${said}${this.block(kind, [type, name], element, `${kind}.${type}.${name}`)}`;
      }),
    );
  }

  /** @param element whose nested blocks are known under this name */
  block(kind: string, labels: readonly string[], body: Json, element: string): string {
    const blocks = new Set([...(this.stack.blocks[element] ?? []), ...META_BLOCKS]);
    const head = [kind, ...labels.map((label) => JSON.stringify(label))].join(" ");
    return `${head} ${this.body(body, 0, "", blocks)}\n`;
  }

  private body(body: Json, indent: number, path: string, blocks: ReadonlySet<string>): string {
    const at = (key: string) => (path === "" ? key : `${path}.${key}`);
    const entries = Object.entries(body).filter(([key, value]) => key !== "//" && value !== undefined);
    const isBlock = ([key, value]: readonly [string, unknown]) =>
      blocks.has(at(key)) && typeof value === "object" && value !== null;
    const lines = assignments(
      this.lines(Object.fromEntries(entries.filter((entry) => !isBlock(entry))), indent + 2),
      indent + 2,
    );
    const nested = entries
      .filter(isBlock)
      .flatMap(([key, value]) =>
        (Array.isArray(value) ? (value as readonly Json[]) : [value as Json]).map(
          (one) => `${" ".repeat(indent + 2)}${key} ${this.body(one, indent + 2, at(key), blocks)}\n`,
        ),
      );
    const parts = [lines, ...nested].filter((part) => part !== "");
    return parts.length === 0 ? "{}" : `{\n${parts.join("\n")}${" ".repeat(indent)}}`;
  }

  private lines(values: Json, indent: number): readonly Assignment[] {
    return Object.entries(values)
      .filter(([key]) => key !== "//")
      .map(([key, value]) => ({ key, value: this.value(key, value, indent) }));
  }

  private value(key: string, value: unknown, indent: number): string {
    if (
      key === "tags" &&
      this.known.tags !== undefined &&
      JSON.stringify(value) === JSON.stringify(this.known.tags)
    ) {
      return "var.tags";
    }
    if (ADDRESSES.has(key)) {
      if (typeof value === "string") return address(value);
      if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
        return hclValue(
          value.map((one) => (String(one) === "all" ? "${all}" : `\${${one}}`)),
          indent,
          () => undefined,
        );
      }
    }
    if (typeof value === "string") return hclJson(key, value, indent, this.inPolicies) ?? hclString(value);
    return hclValue(value, indent, () => undefined);
  }
}

/** Nested blocks that Terraform itself knows. */
const META_BLOCKS = [
  "lifecycle",
  "lifecycle.precondition",
  "lifecycle.postcondition",
  "timeouts",
  "connection",
  "provisioner",
];

const address = (text: string) => (/^\$\{.*\}$/s.test(text) ? hclString(text) : text);

/** `device-work/user`, from what cdktf notes of an element. */
function constructPath(element: Json): string | undefined {
  const comment = element["//"] as { readonly metadata?: { readonly path?: string } } | undefined;
  const path = comment?.metadata?.path;
  return path === undefined
    ? undefined
    : path
        .split("/")
        .slice(1)
        .filter((part) => part !== "Default")
        .join("/");
}
