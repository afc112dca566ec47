import { isRecord, type JsonRecord } from "../resource/json-shape";
import { type Concealing, concealed } from "./conceal";
import { isSensitiveAttribute, isSensitiveName } from "./sensitive-names";

/** Deeper than anybody nests modules. */
const DEEPEST = 100;

/** Names of the root module's variables that are declared sensitive. */
export function sensitiveVariables(configuration: unknown): ReadonlySet<string> {
  return variablesOf(isRecord(configuration) ? configuration["root_module"] : undefined);
}

/** `configuration` of a plan, without the constants of what is sensitive: it holds them in clear text. */
export function concealedConfiguration(configuration: unknown, concealing: Concealing): unknown {
  if (!isRecord(configuration)) return configuration;
  const { provider_config: providers, root_module: root } = configuration;
  return {
    ...configuration,
    ...(isRecord(providers) && {
      provider_config: mapRecord(providers, (one) => providerOf(one, concealing)),
    }),
    ...(isRecord(root) && { root_module: moduleOf(root, concealing, 0) }),
  };
}

function providerOf(provider: JsonRecord, concealing: Concealing): JsonRecord {
  const { expressions } = provider;
  if (!isRecord(expressions)) return provider;
  const isSecret = (name: string) => isSensitiveName("provider", name) || name === "access_key";
  return { ...provider, expressions: constants(expressions, isSecret, concealing) };
}

function moduleOf(module: JsonRecord, concealing: Concealing, depth: number): JsonRecord {
  if (depth > DEEPEST) return module;
  const { resources, variables, outputs, module_calls: calls } = module;
  const isSecret = variablesOf(module);
  return {
    ...module,
    ...(Array.isArray(resources) && {
      resources: resources.map((resource: unknown) => resourceOf(resource, concealing)),
    }),
    ...(isRecord(variables) && {
      variables: mapRecord(variables, (variable, name) =>
        isSecret.has(name) && variable["default"] !== undefined
          ? { ...variable, default: concealed(variable["default"], true, concealing) }
          : variable,
      ),
    }),
    ...(isRecord(outputs) && { outputs: mapRecord(outputs, (output) => outputOf(output, concealing)) }),
    ...(isRecord(calls) && { module_calls: mapRecord(calls, (call) => callOf(call, concealing, depth)) }),
  };
}

function resourceOf(resource: unknown, concealing: Concealing): unknown {
  if (!isRecord(resource) || !isRecord(resource["expressions"])) return resource;
  const type = String(resource["type"]);
  const isSecret = (name: string, isTop: boolean) =>
    isTop ? isSensitiveAttribute(type, name) : isSensitiveName(type, name);
  const expressions = constants(resource["expressions"], isSecret, concealing);
  return expressions === resource["expressions"] ? resource : { ...resource, expressions };
}

function outputOf(output: JsonRecord, concealing: Concealing): JsonRecord {
  const { sensitive, expression } = output;
  if (sensitive !== true || !isRecord(expression)) return output;
  return { ...output, expression: constantOf(expression, concealing) };
}

function callOf(call: JsonRecord, concealing: Concealing, depth: number): JsonRecord {
  const { expressions, module } = call;
  const isSecret = variablesOf(module);
  return {
    ...call,
    ...(isRecord(expressions) && {
      expressions: constants(expressions, (name, isTop) => isTop && isSecret.has(name), concealing),
    }),
    ...(isRecord(module) && { module: moduleOf(module, concealing, depth + 1) }),
  };
}

function variablesOf(module: unknown): ReadonlySet<string> {
  const variables = isRecord(module) ? module["variables"] : undefined;
  if (!isRecord(variables)) return new Set();
  return new Set(
    Object.entries(variables)
      .filter(([, variable]) => isRecord(variable) && variable["sensitive"] === true)
      .map(([name]) => name),
  );
}

/** Expressions by attribute, however deep in blocks, with the constants of secrets concealed. */
function constants(
  expressions: JsonRecord,
  isSecret: (name: string, isTop: boolean) => boolean,
  concealing: Concealing,
  isTop = true,
): JsonRecord {
  let copy: Record<string, unknown> | undefined;
  for (const [name, expression] of Object.entries(expressions)) {
    const next = inner(expression, isSecret(name, isTop));
    if (next === expression) continue;
    copy ??= { ...expressions };
    copy[name] = next;
  }
  return copy ?? expressions;

  function inner(expression: unknown, isHidden: boolean): unknown {
    if (Array.isArray(expression)) {
      const items = expression.map((item: unknown) => inner(item, isHidden));
      return items.some((item, index) => item !== expression[index]) ? items : expression;
    }
    if (!isRecord(expression)) return expression;
    if (isHidden && "constant_value" in expression) return constantOf(expression, concealing);
    if ("constant_value" in expression || "references" in expression) return expression;
    return constants(expression, isSecret, concealing, false);
  }
}

function constantOf(expression: JsonRecord, concealing: Concealing): JsonRecord {
  if (expression["constant_value"] === undefined) return expression;
  return { ...expression, constant_value: concealed(expression["constant_value"], true, concealing) };
}

function mapRecord(value: JsonRecord, change: (item: JsonRecord, name: string) => JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isRecord(item) ? change(item, name) : item]),
  );
}
