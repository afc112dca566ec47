import { defineRefusal } from "../findings/refusal";
import type { Violation } from "../findings/violation";
import type { KeyRule, KeyRules } from "./key-rules";
import { type LambdaRuntimeName, runtimeState } from "./lambda-runtimes";
import { scheduleViolations } from "./schedule-violations";

export const KEY_RULE_EMPTY = defineRefusal({
  code: "key-rule-empty",
  title: "Key rules, or one of them, would do nothing",
  why: "A rule without a condition deactivates no key and looks as if it did.",
  example:
    "environments/prod.ts: keyRules.rules: key rules hold at least one rule, got none; add a rule, or remove keyRules [key-rule-empty]",
  remedy: "Add `nightly`, `maxAgeDays`, `unusedDays` or `supersededDays`, or remove the rule.",
  since: "0.1.0",
});

export const KEY_RULE_CONFLICT = defineRefusal({
  code: "key-rule-conflict",
  title: "Conditions of a key rule do not go together",
  why: "`nightly` deactivates every key, so that nothing beside it matters, and `freshDays` only softens `unusedDays`.",
  example:
    "environments/prod.ts: keyRules.rules.nightly: nightly deactivates every key and stands alone, got nightly with further conditions, which would never matter; remove nightly or the other conditions, or split the rule in two [key-rule-conflict]",
  remedy: "Remove one of the conditions, or split the rule in two.",
  since: "0.1.0",
});

export const RUNTIME_BLOCKED = defineRefusal({
  code: "runtime-blocked",
  title: "A Lambda runtime is one of which AWS makes no functions any more",
  why: "The deployment would fail, or change a function that nobody can change again; and AWS mends nothing in it.",
  example:
    'environments/prod.ts: keyRules.runtime: a runtime that AWS makes functions of, got "nodejs20.x": AWS makes no function of it since 2026-08-31, and changes none since 2026-09-30; remove the line, or choose a later runtime [runtime-blocked]',
  remedy: "Leave `keyRules.runtime` out: the default is a runtime that AWS supports.",
  since: "0.2.0",
});

export const EXEMPT_PATH_INVALID = defineRefusal({
  code: "exempt-path-invalid",
  title: "An exempt path exempts all, nobody, or is no IAM path",
  why: "An exemption that covers a managed path as a whole switches the rules off; one outside of them exempts nobody.",
  example:
    'environments/prod.ts: keyRules.exemptPaths: an exempt path lies below a managed one, so that rules still reach somebody, got "/baseline/device/", a managed path as a whole; exempt a path below it, or remove the rules of that path [exempt-path-invalid]',
  remedy: "Exempt a path below `/baseline/device/` or `/baseline/ci/`, beginning and ending with `/`.",
  since: "0.1.0",
});

const IAM_PATH = /^\/(?:[\x21-\x2e\x30-\x7e]+\/)+$/;

/**
 * What is wrong with key rules whose shape is right. Whether groups, users and repositories exist is for the
 * environment's own validation, which knows them all.
 *
 * @param location where the rules are, e.g. `environments/prod.ts: keyRules`
 * @param managedPaths IAM paths of device and ci users, for `exemptPaths`
 */
export function keyRulesViolations(
  keyRules: KeyRules,
  location: string,
  managedPaths: readonly string[],
  now: Date,
): Violation[] {
  return [
    ...scheduleViolations(keyRules.schedule, `${location}.schedule`, now),
    ...(keyRules.runtime === undefined
      ? []
      : runtimeViolations(keyRules.runtime, `${location}.runtime`, now)),
    ...(Object.keys(keyRules.rules).length === 0
      ? [
          {
            code: KEY_RULE_EMPTY.code,
            location: `${location}.rules`,
            expected: "key rules hold at least one rule",
            got: "none",
            remedy: "add a rule, or remove keyRules",
          },
        ]
      : []),
    ...Object.entries(keyRules.rules).flatMap(([name, rule]) =>
      ruleViolations(rule, `${location}.rules.${name}`),
    ),
    ...keyRules.exemptPaths.flatMap((path) =>
      exemptPathViolations(path, `${location}.exemptPaths`, managedPaths),
    ),
  ];
}

function runtimeViolations(runtime: LambdaRuntimeName, location: string, now: Date): Violation[] {
  const state = runtimeState(runtime, now);
  if (state.state !== "blocked") return [];
  return [
    {
      code: RUNTIME_BLOCKED.code,
      location,
      expected: "a runtime that AWS makes functions of",
      got: `"${runtime}": ${state.because}`,
      remedy: "remove the line, or choose a later runtime",
    },
  ];
}

function ruleViolations(rule: KeyRule, location: string): Violation[] {
  const found: Violation[] = [];
  const { nightly, maxAgeDays, unusedDays, freshDays, supersededDays } = rule;
  if ([nightly, maxAgeDays, unusedDays, supersededDays].every((condition) => condition === undefined)) {
    found.push({
      code: KEY_RULE_EMPTY.code,
      location,
      expected: "a rule has at least one of nightly, maxAgeDays, unusedDays and supersededDays",
      got: "none, so it would do nothing",
      remedy: "add one, or remove the rule",
    });
  }
  if (freshDays !== undefined && unusedDays === undefined) {
    found.push({
      code: KEY_RULE_CONFLICT.code,
      location: `${location}.freshDays`,
      expected: "freshDays softens unusedDays",
      got: `freshDays ${freshDays} without unusedDays`,
      remedy: "add unusedDays, or remove freshDays",
    });
  }
  if (nightly === true && [maxAgeDays, unusedDays, supersededDays].some((days) => days !== undefined)) {
    found.push({
      code: KEY_RULE_CONFLICT.code,
      location,
      expected: "nightly deactivates every key and stands alone",
      got: "nightly with further conditions, which would never matter",
      remedy: "remove nightly or the other conditions, or split the rule in two",
    });
  }
  return found;
}

function exemptPathViolations(path: string, location: string, managedPaths: readonly string[]): Violation[] {
  if (!IAM_PATH.test(path) || path.length > 512) {
    return [
      {
        code: EXEMPT_PATH_INVALID.code,
        location,
        expected: "an IAM path begins and ends with / and has at most 512 printable ASCII characters",
        got: JSON.stringify(path),
        remedy: 'write it as "/baseline/device/lab/"',
      },
    ];
  }
  if (managedPaths.includes(path)) {
    return [
      {
        code: EXEMPT_PATH_INVALID.code,
        location,
        expected: "an exempt path lies below a managed one, so that rules still reach somebody",
        got: `${JSON.stringify(path)}, a managed path as a whole`,
        remedy: "exempt a path below it, or remove the rules of that path",
      },
    ];
  }
  if (!managedPaths.some((managed) => path.startsWith(managed))) {
    return [
      {
        code: EXEMPT_PATH_INVALID.code,
        location,
        expected: `an exempt path lies below one of ${managedPaths.join(", ")}`,
        got: `${JSON.stringify(path)}, which no rule reaches anyway`,
        remedy: "correct or remove it",
      },
    ];
  }
  return [];
}
