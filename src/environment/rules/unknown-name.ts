import { suggestion } from "../../findings/nearest-name";
import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import type { Environment } from "../environment";
import { violationAt } from "./rule";

export const UNKNOWN_NAME = defineRefusal({
  code: "unknown-name",
  title: "A name is written that nothing declares",
  why: "Groups, roles, repositories, users and environments are meant by name. A misspelt one would grant nothing, silently.",
  example:
    'environments/prod.ts: devices.laptop.roles[0]: a role that this environment declares, got "dialy"; did you mean "daily"? [unknown-name]',
  remedy: "Correct the name as the message proposes, or declare what it means.",
  since: "0.1.0",
});

export const AMBIGUOUS_NAME = defineRefusal({
  code: "ambiguous-name",
  title: "A name means several things",
  why: "Environments may use the same names. Which of them is meant is not guessed.",
  example: 'error[ambiguous-name]: user "laptop": home and work declare it; say which with --environment',
  remedy: "Say which with `--environment`, or give the ARN.",
  since: "0.1.0",
});

/** The names of a list that nothing declares. */
export function unknownNames(
  environment: Environment,
  at: readonly PropertyKey[],
  what: string,
  written: readonly string[],
  declared: readonly string[],
): readonly Violation[] {
  return written.flatMap((name, index) => unknownName(environment, [...at, index], what, name, declared));
}

/** A violation where a name is not declared, with the nearest that is. */
export function unknownName(
  environment: Environment,
  at: readonly PropertyKey[],
  what: string,
  name: string,
  declared: readonly string[],
): readonly Violation[] {
  if (declared.includes(name)) return [];
  return [
    violationAt(environment, at, UNKNOWN_NAME, {
      expected: `a ${what} that this environment declares`,
      got: `"${name}"`,
      remedy: suggestion(name, declared, `declare the ${what}`),
    }),
  ];
}
