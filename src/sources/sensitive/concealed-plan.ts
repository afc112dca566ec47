import { isRecord, type JsonRecord } from "../resource/json-shape";
import { SensitiveTexts } from "../resource/sensitive-texts";
import { type Concealing, concealed, concealedAttributes } from "./conceal";
import { concealedConfiguration, sensitiveVariables } from "./concealed-configuration";
import { concealedModule } from "./concealed-values";
import { shownNames } from "./shown-names";

/** A plan that was concealed once is that of whoever asks again. */
const concealedPlans = new WeakMap<JsonRecord, JsonRecord>();

/**
 * A plan (`terraform show -json PLANFILE`) in which no sensitive value is left: what `before_sensitive` and
 * `after_sensitive` mark and what the provider's schema marks is `(sensitive value)` in the changes, the drift, the prior
 * state, the outputs, the variables, the actions and the configuration. Two values that differ have texts that differ.
 * A policy document that is sensitive as a whole stays a document: see `concealedDocument`.
 *
 * Whoever reads a plan reads this one; nothing that is made of it can then show a secret. `planned_values` is left out,
 * as all of it is in the changes.
 */
export function concealedPlan(plan: unknown): unknown {
  if (!isRecord(plan)) return plan;
  const present = concealedPlans.get(plan);
  if (present !== undefined) return present;
  const result = conceal(plan);
  concealedPlans.set(plan, result);
  concealedPlans.set(result, result);
  return result;
}

function conceal(plan: JsonRecord): JsonRecord {
  const concealing: Concealing = { texts: new SensitiveTexts(), isShown: shownNames(plan) };
  const marks = marksByAddress(plan);
  const { resource_changes: changes, resource_drift: drift, prior_state: prior } = plan;
  const isSecret = sensitiveVariables(plan["configuration"]);
  const parts: Record<string, unknown> = {
    resource_changes: each(changes, (change) => concealedResourceChange(change, concealing)),
    resource_drift: each(drift, (change) => concealedResourceChange(change, concealing)),
    deferred_changes: each(plan["deferred_changes"], (item) => ({
      ...item,
      ...(isRecord(item["resource_change"]) && {
        resource_change: concealedResourceChange(item["resource_change"], concealing),
      }),
    })),
    action_invocations: each(plan["action_invocations"], (item) => concealedInvocation(item, concealing)),
    deferred_action_invocations: each(plan["deferred_action_invocations"], (item) => ({
      ...item,
      ...(isRecord(item["action_invocation"]) && {
        action_invocation: concealedInvocation(item["action_invocation"], concealing),
      }),
    })),
    output_changes: eachEntry(plan["output_changes"], (change) => concealedChange("", change, concealing)),
    variables: eachEntry(plan["variables"], (variable, name) =>
      isSecret.has(name) ? { ...variable, value: concealed(variable["value"], true, concealing) } : variable,
    ),
    prior_state: isRecord(prior)
      ? { ...prior, values: concealedModule(prior["values"], marks, concealing) }
      : prior,
    configuration: concealedConfiguration(plan["configuration"], concealing),
    ...(plan["planned_values"] !== undefined && { planned_values: {} }),
  };
  const present = Object.entries(parts).filter(([name]) => plan[name] !== undefined);
  return { ...plan, ...Object.fromEntries(present) };
}

function concealedResourceChange(entry: JsonRecord, concealing: Concealing): JsonRecord {
  const { change, type } = entry;
  return isRecord(change) ? { ...entry, change: concealedChange(String(type), change, concealing) } : entry;
}

/** @param type of the resource; empty for an output */
function concealedChange(type: string, change: JsonRecord, concealing: Concealing): JsonRecord {
  const { before_sensitive: beforeMarks, after_sensitive: afterMarks } = change;
  // what is marked on one side is the same secret on the other
  const side = (value: unknown): unknown =>
    [beforeMarks, afterMarks].reduce(
      (rest, marks) =>
        type === "" || !isRecord(rest)
          ? concealed(rest, marks, concealing)
          : concealedAttributes(type, rest, marks, concealing),
      value,
    );
  const before = side(change["before"]);
  const after = side(change["after"]);
  return {
    ...change,
    ...(before === change["before"] ? {} : { before }),
    ...(after === change["after"] ? {} : { after }),
  };
}

function concealedInvocation(invocation: JsonRecord, concealing: Concealing): JsonRecord {
  const { config_values: values, config_sensitive: marks, type } = invocation;
  if (!isRecord(values)) return invocation;
  return { ...invocation, config_values: concealedAttributes(String(type), values, marks, concealing) };
}

/** Marks of both sides of each change: the prior state has its own, but not those of the configuration. */
function marksByAddress(plan: JsonRecord): ReadonlyMap<string, readonly unknown[]> {
  const found = new Map<string, readonly unknown[]>();
  for (const part of ["resource_changes", "resource_drift"]) {
    const entries = plan[part];
    for (const entry of Array.isArray(entries) ? entries.filter(isRecord) : []) {
      const { address, change } = entry;
      if (typeof address !== "string" || !isRecord(change)) continue;
      const own = [change["before_sensitive"], change["after_sensitive"]].filter(
        (marks) => isRecord(marks) || marks === true,
      );
      found.set(address, [...(found.get(address) ?? []), ...own]);
    }
  }
  return found;
}

function each(value: unknown, change: (item: JsonRecord) => JsonRecord): unknown {
  return Array.isArray(value) ? value.map((item: unknown) => (isRecord(item) ? change(item) : item)) : value;
}

function eachEntry(value: unknown, change: (item: JsonRecord, name: string) => JsonRecord): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isRecord(item) ? change(item, name) : item]),
  );
}
