import type { ResourceChange } from "../../sources/plan/plan-file";
import { PlanFile } from "../../sources/plan/plan-file";
import { isRecord, type JsonRecord } from "../../sources/resource/json-shape";
import { isSameMeaning } from "./attribute-difference";
import { FILLED_BY_AWS } from "./attribute-reader";
import { StackConfiguration } from "./stack-configuration";

/**
 * The plan, with what the state holds in such lists cut down to what is still so. Unless the configuration sets them,
 * nobody declares them: they show what somebody attached by hand for as long as the state was not refreshed, also after
 * a deployment took it off. What is new in them is still seen, and what attaches policies has resources of its own.
 */
export function withDeclaredLists(json: unknown, file: string): unknown {
  if (!isRecord(json) || !Array.isArray(json["resource_drift"])) return json;
  const hasRoles = json["resource_drift"].some(
    (entry) => isRecord(entry) && entry["type"] === "aws_iam_role",
  );
  if (!hasRoles) return json;
  const plan = new PlanFile(json, file);
  const configuration = new StackConfiguration(plan.configuration);
  const entries: readonly unknown[] = json["resource_drift"];
  const resourceDrift = entries.map((entry, index) => {
    const drift = plan.drift[index];
    return drift === undefined || drift.type !== "aws_iam_role" || !isRecord(entry)
      ? entry
      : { ...entry, change: cutDown(entry["change"], drift, configuration) };
  });
  return { ...json, resource_drift: resourceDrift };
}

function cutDown(change: unknown, drift: ResourceChange, configuration: StackConfiguration): unknown {
  const { before, after } = drift;
  if (!isRecord(change) || before === undefined || after === undefined || !configuration.knows(drift))
    return change;
  const lists = FILLED_BY_AWS.filter((name) => configuration.expression(drift, name) === undefined).map(
    (name) => [name, common(before[name], after[name])] as const,
  );
  return { ...change, before: { ...before, ...Object.fromEntries(lists) } satisfies JsonRecord };
}

function common(before: unknown, after: unknown): unknown {
  if (!Array.isArray(before)) return before;
  const kept: readonly unknown[] = Array.isArray(after) ? after : [];
  return before.filter((item) => kept.some((other) => isSameMeaning(item, other)));
}
