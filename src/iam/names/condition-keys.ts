import { actionsOfService } from "../actions";
import { linesByKey } from "../data/compressed-text";
import data from "../data/condition-keys.json";
import { type ConditionKey, type ConditionKeyType, hasOpenPart, isNamed } from "./condition-key";
import { GLOBAL_CONDITION_KEYS } from "./global-condition-keys";

/** Package and version that the condition keys come from. */
export const conditionKeysSource: string = data.source;

const TYPES: Readonly<Record<string, ConditionKeyType>> = {
  S: "string",
  B: "boolean",
  N: "number",
  D: "date",
  I: "address",
  R: "arn",
};

interface ServiceKeys {
  readonly keys: readonly ConditionKey[];
  /** Positions in `keys` by action, in lower case. */
  readonly ofAction: ReadonlyMap<string, readonly number[]>;
}

/** Services as text, loaded with the first question (about 2 ms), and those already read. */
let services: ReadonlyMap<string, string> | undefined;
const read = new Map<string, ServiceKeys>();
let everyKey: KeyIndex | undefined;
const globalKeys = indexOf(GLOBAL_CONDITION_KEYS);

/** A key that requests of any service may carry; any case. */
export function globalConditionKey(key: string): ConditionKey | undefined {
  return found(globalKeys, key);
}

/**
 * What is known of a key, of any service; any case. Undefined for one that no list has.
 *
 * @example
 * ```ts
 * import { conditionKey } from "iam-baseline/iam";
 *
 * conditionKey("aws:multifactorauthpresent")?.type; // "boolean"
 * conditionKey("aws:MultiFactorPresent"); // undefined
 * ```
 */
export function conditionKey(key: string): ConditionKey | undefined {
  return globalConditionKey(key) ?? found(allKeys(), key);
}

/** The keys of a service's requests, by its prefix; none for a service that the list does not have. */
export function conditionKeysOfService(prefix: string): readonly ConditionKey[] {
  return service(prefix.toLowerCase()).keys;
}

/** Every key that is known, global ones first. */
export function conditionKeyNames(): readonly string[] {
  return [...GLOBAL_CONDITION_KEYS.map(({ name }) => name), ...allKeys().names];
}

/**
 * The keys that a request of the action (`service:Name`, any case) may carry besides the global ones: of the action and
 * of the resource types it can be limited to. Undefined for an action that the list does not have.
 *
 * @example
 * ```ts
 * import { conditionKeysOfAction } from "iam-baseline/iam";
 *
 * conditionKeysOfAction("iam:PassRole")?.map(({ name }) => name).includes("iam:PassedToService"); // true
 * conditionKeysOfAction("iam:Nothing"); // undefined
 * ```
 */
export function conditionKeysOfAction(action: string): readonly ConditionKey[] | undefined {
  const lower = action.toLowerCase();
  const { keys, ofAction } = service(lower.slice(0, Math.max(0, lower.indexOf(":"))));
  return ofAction.get(lower)?.flatMap((position) => keys[position] ?? []);
}

/** Whether a request of the action may carry the key; undefined for an action that the list does not have. */
export function actionCarriesKey(action: string, key: string): boolean | undefined {
  if (globalConditionKey(key) !== undefined || isFederatedKey(key)) return true;
  const keys = conditionKeysOfAction(action);
  return keys?.some((known) => isNamed(known, key));
}

/**
 * A claim of a SAML or OpenID Connect identity: its provider is the author's, and some claims follow the session.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function isFederatedKey(key: string): boolean {
  return /^saml:/i.test(key) || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^:]*)?:./i.test(key);
}

interface KeyIndex {
  readonly names: readonly string[];
  readonly exact: ReadonlyMap<string, ConditionKey>;
  readonly patterns: readonly ConditionKey[];
}

function indexOf(keys: readonly ConditionKey[]): KeyIndex {
  return {
    names: keys.map(({ name }) => name),
    exact: new Map(keys.filter((key) => !hasOpenPart(key)).map((key) => [key.name.toLowerCase(), key])),
    patterns: keys.filter(hasOpenPart),
  };
}

function found({ exact, patterns }: KeyIndex, key: string): ConditionKey | undefined {
  return exact.get(key.toLowerCase()) ?? patterns.find((pattern) => isNamed(pattern, key));
}

function allKeys(): KeyIndex {
  if (everyKey === undefined) {
    const byName = new Map<string, ConditionKey>();
    for (const line of lines().values()) {
      for (const key of readKeys(line)) if (!byName.has(key.name)) byName.set(key.name, key);
    }
    everyKey = indexOf([...byName.values()]);
  }
  return everyKey;
}

function service(prefix: string): ServiceKeys {
  const known = read.get(prefix);
  if (known !== undefined) return known;
  const line = lines().get(prefix) ?? "";
  const [, sets = "", ofActions = ""] = line.split("\t");
  const positions = sets.split(";").map((set) => (set === "" ? [] : set.split(",").map(Number)));
  const setOf = ofActions.split(" ").map(Number);
  // both files are made of one package: they list the actions of a service in one order
  const ofAction = new Map(
    actionsOfService(prefix).map((name, index) => [name.toLowerCase(), positions[setOf[index] ?? -1] ?? []]),
  );
  const keys = { keys: readKeys(line), ofAction };
  read.set(prefix, keys);
  return keys;
}

function readKeys(line: string): readonly ConditionKey[] {
  const written = line.slice(0, Math.max(0, line.indexOf("\t")));
  if (written === "") return [];
  return written.split(" ").map((entry) => {
    const [, name = "", letters = ""] = /^(.*)=(.+)$/.exec(entry) ?? [];
    return { name, type: TYPES[letters[0] ?? ""] ?? "string", many: letters.length > 1 };
  });
}

function lines(): ReadonlyMap<string, string> {
  services ??= linesByKey(data);
  return services;
}
