import { isRecord, type JsonRecord } from "../resource/json-shape";
import { type Concealing, concealed, concealedAttributes } from "./conceal";

/** Deeper than anybody nests modules; what is deeper is refused by whoever reads it. */
const DEEPEST = 100;

/**
 * `values` of a state or of the prior state of a plan, without sensitive values: resources by their `sensitive_values`
 * and by further marks of their address, outputs by `sensitive`.
 */
export function concealedModule(
  values: unknown,
  marks: ReadonlyMap<string, readonly unknown[]>,
  concealing: Concealing,
): unknown {
  if (!isRecord(values)) return values;
  const { outputs, root_module: root } = values;
  return {
    ...values,
    ...(isRecord(outputs) && { outputs: concealedOutputs(outputs, concealing) }),
    ...(root !== undefined && { root_module: moduleOf(root, marks, concealing, 0) }),
  };
}

/** Outputs of a state, by name. */
export function concealedOutputs(outputs: JsonRecord, concealing: Concealing): JsonRecord {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => {
      if (!isRecord(output) || output["sensitive"] !== true) return [name, output];
      return [name, { ...output, value: concealed(output["value"], true, concealing) }];
    }),
  );
}

function moduleOf(
  module: unknown,
  marks: ReadonlyMap<string, readonly unknown[]>,
  concealing: Concealing,
  depth: number,
): unknown {
  if (!isRecord(module) || depth > DEEPEST) return module;
  const { resources, child_modules: children } = module;
  return {
    ...module,
    ...(Array.isArray(resources) && {
      resources: resources.map((resource: unknown) => resourceOf(resource, marks, concealing)),
    }),
    ...(Array.isArray(children) && {
      child_modules: children.map((child: unknown) => moduleOf(child, marks, concealing, depth + 1)),
    }),
  };
}

function resourceOf(
  resource: unknown,
  marks: ReadonlyMap<string, readonly unknown[]>,
  concealing: Concealing,
): unknown {
  if (!isRecord(resource)) return resource;
  const { values, type, address } = resource;
  if (!isRecord(values)) return resource;
  const further = marks.get(String(address)) ?? [];
  const hidden = [resource["sensitive_values"], ...further].reduce<JsonRecord>(
    (rest, own) => concealedAttributes(String(type), rest, own, concealing),
    values,
  );
  return hidden === values ? resource : { ...resource, values: hidden };
}
