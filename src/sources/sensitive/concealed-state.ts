import { isRecord, type JsonRecord } from "../resource/json-shape";
import { SensitiveTexts } from "../resource/sensitive-texts";
import { type Concealing, concealedAttributes } from "./conceal";
import { concealedModule, concealedOutputs } from "./concealed-values";

/**
 * A state without sensitive values: the output of `terraform show -json` by its `sensitive_values`, a state file by its
 * `sensitive_attributes`, both by the provider's schema.
 */
export function concealedState(state: unknown): unknown {
  if (!isRecord(state)) return state;
  const concealing: Concealing = { texts: new SensitiveTexts(), isShown: () => false };
  if (state["version"] === undefined) {
    return { ...state, values: concealedModule(state["values"], new Map(), concealing) };
  }
  const { resources, outputs } = state;
  return {
    ...state,
    ...(Array.isArray(resources) && {
      resources: resources.map((resource: unknown) => rawResource(resource, concealing)),
    }),
    ...(isRecord(outputs) && { outputs: concealedOutputs(outputs, concealing) }),
  };
}

function rawResource(resource: unknown, concealing: Concealing): unknown {
  if (!isRecord(resource) || !Array.isArray(resource["instances"])) return resource;
  return {
    ...resource,
    instances: resource["instances"].map((instance: unknown) => {
      if (!isRecord(instance) || !isRecord(instance["attributes"])) return instance;
      const marks = marksOfPaths(instance["sensitive_attributes"]);
      return {
        ...instance,
        attributes: concealedAttributes(String(resource["type"]), instance["attributes"], marks, concealing),
      };
    }),
  };
}

/** Paths as a state file has them: `[{ type: "get_attr", value: "policy" }, { type: "index", value: ... }]`; the attribute of each. */
function marksOfPaths(paths: unknown): JsonRecord {
  if (!Array.isArray(paths)) return {};
  const names = paths.flatMap((path: unknown) => {
    const [first]: readonly unknown[] = Array.isArray(path) ? path : [];
    return isRecord(first) && typeof first["value"] === "string" ? [first["value"]] : [];
  });
  return Object.fromEntries(names.map((name) => [name, true]));
}
