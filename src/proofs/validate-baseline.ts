import { keyRuleViolations } from "../credentials/environment-credentials";
import { RECOVERY_MISSING } from "../credentials/lock-out";
import { detectionViolations } from "../detection/detection-violations";
import type { Environment, EnvironmentInput } from "../environment/environment";
import { validateEnvironments } from "../environment/validate-environments";
import { defineRefusal, Refusal } from "../findings/refusal";
import { formatViolations, type Violation } from "../findings/violation";
import { documentViolations } from "../policies/document-violations";

export const ENVIRONMENTS_MISSING = defineRefusal({
  code: "environments-missing",
  title: "No environment is declared",
  why: "Synthesizing nothing would take the stacks of before out of the outdir.",
  example:
    "environments/index.ts: `export const environments = [...]` with at least one environment, got an empty list; list every file of environments/ [environments-missing]",
  remedy:
    "Write `export const environments = [...]` in `environments/index.ts`, with every file of `environments/`.",
  since: "0.1.0",
});

export const ENVIRONMENTS_INVALID = defineRefusal({
  code: "environments-invalid",
  title: "Something in `environments/` must not reach an account",
  why: "Every violation of every file is told at once, each with a code of its own. Nothing was synthesized.",
  example:
    "error[environments-invalid]: 1 violation in environments/, nothing was synthesized:\n  environments/prod.ts: allowedNetworks: at least one network, got an empty list; list the public networks that you reach AWS from, such as 203.0.113.0/24 [networks-missing]",
  remedy: "Correct each line that is listed; `baseline explain` tells about its code.",
  since: "0.1.0",
});

/** What is wrong in `environments/`; nothing was synthesized. */
export class InvalidEnvironmentsError extends Refusal {
  override readonly name = "InvalidEnvironmentsError";

  /**
   * @param read environments whose shape is right
   * @param further what was told of them beyond the violations
   */
  constructor(
    readonly violations: readonly Violation[],
    readonly read: readonly Environment[] = [],
    further = "",
  ) {
    const count = `${violations.length} violation${violations.length === 1 ? "" : "s"}`;
    super(
      ENVIRONMENTS_INVALID,
      `${count} in environments/, nothing was synthesized:\n${formatViolations(violations)}${further}`,
    );
  }
}

/**
 * Everything that can be told of environments before a construct exists: their shape, names, references and quotas,
 * and the size of the documents that they lead to.
 *
 * @param now decides which daylight-saving changes lie ahead
 * @throws InvalidEnvironmentsError with every violation of every file
 */
export function validateBaseline(inputs: readonly EnvironmentInput[], now: Date): readonly Environment[] {
  // synthesizing nothing would take the stacks of before out of the outdir
  if (!Array.isArray(inputs) || inputs.length === 0) throw new InvalidEnvironmentsError([noList(inputs)]);
  const validation = validateEnvironments(inputs, now);
  const environments = validation.valid ? validation.environments : validation.read;
  const first = validation.valid ? [] : validation.violations;
  const violations = [...first, ...further(environments, first)];
  if (violations.length > 0)
    throw new InvalidEnvironmentsError(violations, environments.length === inputs.length ? environments : []);
  return environments;
}

/** What is wrong with what environments lead to: told beside what is wrong with what they say, but for what follows of it. */
function further(environments: readonly Environment[], first: readonly Violation[]): readonly Violation[] {
  return environments
    .flatMap((environment) =>
      JUDGES.flatMap((judge) => {
        if (first.length === 0) return judge(environment, environments);
        try {
          return judge(environment, environments);
        } catch {
          // it cannot be asked of what is wrong already, and will be once that is mended
          return [];
        }
      }),
    )
    .filter((violation) => !first.some((one) => followsOf(violation, one)));
}

const JUDGES: readonly ((environment: Environment, all: readonly Environment[]) => readonly Violation[])[] = [
  documentViolations,
  keyRuleViolations,
  detectionViolations,
];

function followsOf(violation: Violation, first: Violation): boolean {
  const [file = ""] = first.location.split(": ");
  if (violation.location === `${file}: recovery` && violation.code !== RECOVERY_MISSING.code)
    return first.location.startsWith(`${file}: devices.`);
  return violation.location === first.location;
}

const noList = (inputs: unknown): Violation => ({
  code: ENVIRONMENTS_MISSING.code,
  location: "environments/index.ts",
  expected: "`export const environments = [...]` with at least one environment",
  got: Array.isArray(inputs) ? "an empty list" : "no list",
  remedy: "list every file of environments/",
});
