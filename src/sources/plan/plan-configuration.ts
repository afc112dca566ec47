import { isRecord, type JsonRecord } from "../resource/json-shape";

/** One module call on the way from the root: `module.team["a"]`. */
interface ModuleStep {
  readonly name: string;
  readonly key: string | number | undefined;
}

/** A module instance of a plan, and its part of `configuration`. */
export class ModuleInstance {
  private readonly resources = new Map<string, JsonRecord>();
  private readonly children = new Map<string, ModuleInstance>();

  constructor(
    /** `module.team["a"].`, empty for the root. */
    readonly prefix: string,
    readonly key: string | number | undefined,
    readonly parent: ModuleInstance | undefined,
    private readonly configuration: JsonRecord | undefined,
    /** Arguments of the call, as expressions of the parent. */
    readonly callArguments: JsonRecord,
  ) {
    const resources = configuration?.["resources"];
    for (const resource of Array.isArray(resources) ? resources.filter(isRecord) : []) {
      this.resources.set(String(resource["address"]), resource);
    }
  }

  /** What the configuration says of a resource (`aws_iam_role.daily`, without key). */
  resource(address: string): JsonRecord | undefined {
    return this.resources.get(address);
  }

  output(name: string): JsonRecord | undefined {
    const output = child(this.configuration, "outputs", name);
    return child(output, "expression");
  }

  variableDefault(name: string): unknown {
    return child(this.configuration, "variables", name)?.["default"];
  }

  called(name: string, key: string | number | undefined): ModuleInstance | undefined {
    const written = key === undefined ? `module.${name}` : `module.${name}[${JSON.stringify(key)}]`;
    const present = this.children.get(written);
    if (present !== undefined) return present;
    const call = child(this.configuration, "module_calls", name);
    if (call === undefined) return undefined;
    const module = new ModuleInstance(
      `${this.prefix}${written}.`,
      key,
      this,
      child(call, "module"),
      child(call, "expressions") ?? {},
    );
    this.children.set(written, module);
    return module;
  }

  /** The instance at an address such as `module.team["a"].module.ci`; undefined when the configuration has none. */
  at(address: string | undefined): ModuleInstance | undefined {
    let here: ModuleInstance | undefined = this;
    for (const { name, key } of address === undefined ? [] : moduleSteps(address)) {
      here = here?.called(name, key);
    }
    return here;
  }
}

const STEP = /module\.([\w-]+)(?:\[(?:(\d+)|"((?:[^"\\]|\\.)*)")\])?(?:\.|$)/gy;

function moduleSteps(address: string): readonly ModuleStep[] {
  return [...address.matchAll(STEP)].map(([, name = "", index, text]) => ({
    name,
    key: index === undefined ? unquoted(text) : Number(index),
  }));
}

function unquoted(text: string | undefined): string | undefined {
  return text?.replace(/\\(.)/g, "$1");
}

function child(value: unknown, ...keys: readonly string[]): JsonRecord | undefined {
  let here: unknown = value;
  for (const key of keys) here = isRecord(here) ? here[key] : undefined;
  return isRecord(here) ? here : undefined;
}
