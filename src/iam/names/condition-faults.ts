import { nearestName } from "../../findings/nearest-name";
import { actionsDate, expandActions } from "../actions";
import { type ConditionOperator, parseConditionOperator } from "../evaluation/condition-operators";
import { listOf, type Statement } from "../policy-document";
import type { ConditionKey } from "./condition-key";
import {
  actionCarriesKey,
  conditionKey,
  conditionKeyNames,
  globalConditionKey,
  isFederatedKey,
} from "./condition-keys";
import { federatedFault } from "./federated-fault";
import { isMentionedByAws } from "./mentioned-by-aws";
import { didYouMean, type NameFault } from "./name-fault";
import { valueFaults } from "./value-faults";
import { variableFaults } from "./variable-faults";

/**
 * What is wrong with the condition of a statement by its names: keys that AWS does not have, keys that no request of
 * the actions carries, operators of another type than the key, values that name nothing.
 */
export function conditionFaults(statement: Statement, partition: string): readonly NameFault[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([written, keys]) => {
    const operator = parseConditionOperator(written);
    // an operator that is none is for the syntax to judge
    if (operator === undefined) return [];
    return Object.entries(keys).flatMap(([key, values]) => {
      const path = ["Condition", written, key];
      const known = conditionKey(key);
      const fault = keyFault(key, known, operator, listOf(values), statement);
      if (fault !== undefined) return [{ path, name: key, ...fault }];
      return listOf(values).flatMap((value, index) => {
        const at = Array.isArray(values) ? [...path, index] : path;
        const faults = [
          ...variableFaults(value),
          ...valueFaults(known?.name ?? key, known?.type, operator, value, partition),
        ];
        return faults.map((one) => ({ path: at, ...one }));
      });
    });
  });
}

type Words = Omit<NameFault, "path" | "name">;

function keyFault(
  key: string,
  known: ConditionKey | undefined,
  operator: ConditionOperator,
  values: readonly string[],
  statement: Statement,
): Words | undefined {
  if (known === undefined) return unknownKey(key);
  return typeFault(known, operator) ?? foreignKey(key, operator, values, statement);
}

function unknownKey(key: string): Words | undefined {
  // a key without a service is for the syntax to judge
  if (!key.includes(":")) return undefined;
  if (isFederatedKey(key)) return federatedFault(key);
  if (isMentionedByAws(key)) return undefined;
  const prefix = `${key.split(":")[0]}:`.toLowerCase();
  const names = conditionKeyNames();
  const own = names.filter((name) => name.toLowerCase().startsWith(prefix));
  return {
    expected: `a condition key of AWS (list of ${actionsDate})`,
    remedy: nearKey(key, own.length > 0 ? own : names),
    mayBeNew: true,
  };
}

/** `aws:ResourceTags/team` is near `aws:ResourceTag/${TagKey}`, and so is `aws:ResourceTag`, which lacks its tag. */
function nearKey(key: string, names: readonly string[]): string {
  const slash = key.indexOf("/");
  if (slash < 0) {
    const open = names.find((name) => name.toLowerCase().startsWith(`${key.toLowerCase()}/\${`));
    if (open !== undefined) return `write the key of the tag behind it: "${open}"`;
    return didYouMean(key, names, "correct it");
  }
  const nearest = nearestName(
    key.slice(0, slash),
    names.map((name) => name.split("/${")[0] ?? name),
  );
  return nearest === undefined
    ? "correct it"
    : `did you mean "${nearest}${names.some((name) => name.startsWith(`${nearest}/\${`)) ? key.slice(slash) : ""}"?`;
}

const TYPES: Readonly<
  Partial<Record<ConditionOperator["comparison"]["type"], readonly ConditionKey["type"][]>>
> = {
  ip: ["address"],
  boolean: ["boolean", "string"],
  number: ["number", "date", "string"],
  date: ["date", "string"],
  arn: ["arn", "string"],
};

/** An operator that compares values of another type is never true, or always. */
function typeFault({ name, type }: ConditionKey, { comparison }: ConditionOperator): Words | undefined {
  const fitting = TYPES[comparison.type];
  if (fitting === undefined || fitting.includes(type)) return undefined;
  return {
    expected: `an operator for ${name}, whose values are of type ${type}`,
    remedy: `use ${OPERATORS[type]}`,
    mayBeNew: false,
  };
}

const OPERATORS: Readonly<Record<ConditionKey["type"], string>> = {
  string: "StringEquals or StringLike",
  boolean: "Bool",
  number: "NumericEquals and its like",
  date: "DateEquals and its like",
  address: "IpAddress or NotIpAddress",
  arn: "ArnEquals or ArnLike",
};

/**
 * A key of a service on actions whose requests never carry it. A statement of which no action carries the key is
 * wrong, and so is a Deny of which one does not: it denies that one never.
 */
function foreignKey(
  key: string,
  operator: ConditionOperator,
  values: readonly string[],
  { Effect, Action }: Statement,
): Words | undefined {
  if (Action === undefined || globalConditionKey(key) !== undefined) return undefined;
  const patterns = listOf(Action);
  const without = patterns.filter((pattern) => {
    const actions = expandActions(pattern);
    return actions.length > 0 && actions.every((action) => isWithoutKey(action, key));
  });
  const deniesNever = Effect === "Deny" && without.length > 0 && needsKey(operator, values);
  if (without.length < patterns.length && !deniesNever) return undefined;
  const [first = ""] = without;
  return {
    expected: `a condition key that requests of ${first} carry (list of ${actionsDate})`,
    remedy:
      without.length < patterns.length
        ? `they do not carry ${key}, so the statement would never deny ${first}: give it a statement of its own`
        : `they do not carry ${key}: ask for another key`,
    mayBeNew: true,
  };
}

/** Tags of a service's own resources are in more of its requests than the reference says. */
function isWithoutKey(action: string, key: string): boolean {
  const [service = ""] = action.split(":");
  if (key.toLowerCase().startsWith(`${service}:resourcetag/`)) return false;
  return actionCarriesKey(action, key) === false;
}

/** Whether the test can only be true where the request carries the key. */
function needsKey(
  { comparison, negated, ifExists, set }: ConditionOperator,
  values: readonly string[],
): boolean {
  if (comparison.type === "null") return !values.includes("true");
  return !negated && !ifExists && set !== "ForAllValues";
}
