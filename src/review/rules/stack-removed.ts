import { defineRule } from "../../findings/rule";
import type { Draft } from "../review-finding";
import type { ReviewedEnvironment } from "../reviewed-environment";

export const STACK_REMOVED = defineRule({
  id: "stack-removed",
  area: "review",
  title: "A stack is gone from the project",
  severities: ["high"],
  why: "What the stack made is no longer looked after, or destroyed with it: of a hygiene stack the nightly deactivation and its alarms.",
  example: { before: "stacks/prod-credential-hygiene", after: "the folder is gone" },
  remedy: "Keep the stack, or destroy it in the open.",
  since: "0.1.0",
});

/** Resources that are listed as evidence. */
const MOST_RESOURCES = 40;

/** Stacks of the base that the head has not; a plan tells nothing of them. */
export function removedStacks({ before, after, actions }: ReviewedEnvironment): readonly string[] {
  if (actions !== undefined || before === undefined || after === undefined) return [];
  return before.stacks.filter((stack) => !after.stacks.includes(stack));
}

export function stackRemoved(reviewed: ReviewedEnvironment): readonly Draft[] {
  const resources = [...(reviewed.before?.resources.values() ?? [])];
  return removedStacks(reviewed).map((stack) => ({
    rule: STACK_REMOVED,
    severity: "high",
    category: /hygiene|detection/.test(stack) ? "hygiene" : "identities",
    address: stack,
    subjects: [],
    predicate: `stack ${stack} is gone: what it made is no longer looked after, or destroyed with it`,
    evidence: resources
      .filter(({ key }) => key.startsWith(`${stack}:`))
      .slice(0, MOST_RESOURCES)
      .map(({ address }) => `- ${address}`),
  }));
}
