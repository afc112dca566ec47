import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ReadError } from "../../drift/drift-report";
import { type PlanEvidence, planEvidence } from "../../drift/plan/plan-evidence";
import { reasonOf } from "../../findings/describe-error";
import type { CommandContext } from "../command";
import type { Progress } from "../progress";
import { readOnlyPlan } from "../terraform";
import type { SynthesizedStack } from "./declared-stacks";

export interface StackPlans {
  readonly plans: readonly PlanEvidence[];
  readonly errors: readonly ReadError[];
  /** Stacks that could not be planned. */
  readonly unread: ReadonlySet<string>;
  /** Stacks that were not planned, as their state is elsewhere. */
  readonly left: readonly string[];
}

/** Plans stacks one after the other. What cannot be planned is an error of the result; the others are planned all the same. */
export async function planStacks(
  stacks: readonly SynthesizedStack[],
  { environmentVariables }: CommandContext,
  progress: Progress,
): Promise<StackPlans> {
  const left = stacks.filter(isKeptElsewhere).map(({ stack }) => stack);
  const planned = stacks.filter(({ stack }) => !left.includes(stack));
  const plans: PlanEvidence[] = [];
  const errors: ReadError[] = [];
  const unread = new Set<string>();
  for (const [index, { stack, directory }] of planned.entries()) {
    progress.step(`planning ${stack}${planned.length > 1 ? ` (${index + 1} of ${planned.length})` : ""}`);
    try {
      const json = await readOnlyPlan({ directory, environmentVariables, onProgress: progress.detail });
      plans.push(planEvidence({ stack, file: stack, json }));
    } catch (error) {
      errors.push({ subject: `stack ${stack}`, reason: reasonOf(error) });
      unread.add(stack);
    }
  }
  return { plans, errors, unread, left };
}

/**
 * The state of the stack that makes the state's bucket is a local file of the person who deployed it
 * (docs/bootstrap.md): elsewhere there is nothing to plan from, and an empty state would say that nothing is deployed.
 */
function isKeptElsewhere({ stack, environment, directory }: SynthesizedStack): boolean {
  if (stack !== `${environment}-state-backend`) return false;
  const { terraform } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as {
    terraform?: { backend?: { local?: { path?: unknown } } };
  };
  const path = terraform?.backend?.local?.path;
  return typeof path === "string" && !existsSync(resolve(directory, path));
}
