import { OPTION_CONFLICT, OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import { nearestName } from "../../findings/nearest-name";
import { Refusal } from "../../findings/refusal";
import { parseBoolean, parseDate, parseNumber } from "../../iam/evaluation/comparable-values";
import { arnFault } from "../../iam/names/arn-fault";
import type { ConditionKeyType } from "../../iam/names/condition-key";
import {
  actionCarriesKey,
  conditionKey,
  conditionKeyNames,
  isFederatedKey,
} from "../../iam/names/condition-keys";
import { isMentionedByAws } from "../../iam/names/mentioned-by-aws";
import { partitions } from "../../iam/names/regions";
import { isAddress } from "./question-network";

/**
 * Condition keys of a question: `key=value`, a key several times for several values.
 *
 * @param actions by name: a key that no request of theirs carries would change nothing, silently
 * @throws Refusal
 */
export function contextOf(
  written: readonly string[],
  actions: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const context: Record<string, string[]> = {};
  for (const item of written) {
    const [, key, text] = /^([^=]+)=(.*)$/s.exec(item) ?? [];
    if (key === undefined || text === undefined) {
      throw refusal(item, "key=value", "write it such as aws:PrincipalTag/team=web");
    }
    refuseUnknownKey(key, actions);
    refuseValue(key, text);
    context[key] = [...(context[key] ?? []), text];
  }
  return context;
}

/** Keys that an option of their own says. */
const BY_OPTION: readonly (readonly [key: RegExp, option: string, name: string])[] = [
  [/^aws:(?:sourceip|sourcevpc)$/i, "sourceIp", "--source-ip"],
  [/^aws:(?:sourceip|sourcevpc)$/i, "vpc", "--vpc"],
  [/^aws:multifactorauth(?:age|present)$/i, "mfaAge", "--mfa-age"],
  [/^aws:viaawsservice$/i, "viaService", "--via-service"],
];

/** @throws Refusal where a key and an option say the same thing, perhaps differently */
export function refuseKeysOfOptions(
  context: Readonly<Record<string, readonly string[]>>,
  options: Readonly<Record<string, unknown>>,
): void {
  for (const key of Object.keys(context)) {
    const isNoMfa = options["mfa"] === false && /^aws:multifactorauth/i.test(key);
    const said = BY_OPTION.find(([pattern, option]) => pattern.test(key) && options[option] !== undefined);
    const name = isNoMfa ? "--no-mfa" : said?.[2];
    if (name === undefined) continue;
    throw new Refusal(OPTION_CONFLICT, {
      where: `--context ${key} and ${name}`,
      expected: "one of them",
      got: "both",
      remedy: "leave one out",
    });
  }
}

function refuseUnknownKey(key: string, actions: readonly string[]): void {
  const isKnown = conditionKey(key) !== undefined || isFederatedKey(key) || isMentionedByAws(key);
  if (!isKnown) {
    const prefix = `${key.split(":")[0]}:`.toLowerCase();
    const names = conditionKeyNames();
    const own = names.filter((name) => name.toLowerCase().startsWith(prefix));
    const nearest = nearestName(key, own.length > 0 ? own : names);
    throw refusal(
      key,
      "a condition key of AWS",
      nearest === undefined
        ? "correct it: keys are written such as aws:PrincipalTag/team"
        : `did you mean ${nearest}?`,
    );
  }
  if (actions.length === 0 || actions.some((action) => actionCarriesKey(action, key) !== false)) return;
  throw refusal(
    key,
    `a key that requests of ${actions.length === 1 ? actions[0] : "these actions"} carry`,
    "leave it out: no condition ever sees it",
  );
}

function refuseValue(key: string, value: string): void {
  const type = conditionKey(key)?.type;
  const fault = type === undefined ? undefined : FAULTS[type]?.(value);
  if (fault !== undefined) throw refusal(`${key}=${value}`, `${key} with ${fault}`, "correct the value");
}

const FAULTS: Readonly<Record<ConditionKeyType, ((value: string) => string | undefined) | undefined>> = {
  string: undefined,
  boolean: (value) => (parseBoolean(value) === undefined ? "true or false" : undefined),
  number: (value) => (parseNumber(value) === undefined ? "a number" : undefined),
  date: (value) => (parseDate(value) === undefined ? "a moment such as 2026-11-25T00:00:00Z" : undefined),
  address: (value) => (isAddress(value) ? undefined : "one IPv4 or IPv6 address"),
  arn: (value) => {
    const [, partition = ""] = value.split(":");
    const fault = arnFault(value, partitions().includes(partition) ? partition : "aws");
    return fault === undefined || fault.mayBeNew ? undefined : fault.expected;
  },
};

function refusal(got: string, expected: string, remedy: string): Refusal {
  return new Refusal(OPTION_VALUE_INVALID, {
    where: "--context",
    expected,
    got: JSON.stringify(got),
    remedy,
  });
}
