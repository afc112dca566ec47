import { keyRuleViolations } from "../credentials/environment-credentials";
import type { Environment, EnvironmentInput } from "../environment/environment";
import { validateEnvironments } from "../environment/validate-environments";
import { formatViolation, type Violation } from "../findings/violation";
import { documentViolations } from "../policies/document-violations";

/** What is wrong in `environments/`; nothing was synthesized. */
export class InvalidEnvironmentsError extends Error {
  constructor(readonly violations: readonly Violation[]) {
    const count = `${violations.length} violation${violations.length === 1 ? "" : "s"}`;
    super(
      `${count} in environments/, nothing was synthesized:\n${violations.map((v) => `  ${formatViolation(v)}`).join("\n")}`,
    );
    this.name = "InvalidEnvironmentsError";
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
  if (!validation.valid) throw new InvalidEnvironmentsError(validation.violations);
  const { environments } = validation;
  const violations = environments.flatMap((environment) => [
    ...documentViolations(environment, environments),
    ...keyRuleViolations(environment),
  ]);
  if (violations.length > 0) throw new InvalidEnvironmentsError(violations);
  return environments;
}

const noList = (inputs: unknown): Violation => ({
  location: "environments/index.ts",
  expected: "`export const environments = [...]` with at least one environment",
  got: Array.isArray(inputs) ? "an empty list" : "no list",
  remedy: "list every file of environments/",
});
