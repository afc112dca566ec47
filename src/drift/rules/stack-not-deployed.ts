import { defineRule } from "../../findings/rule";
import { deployCommand } from "../commands";
import type { DriftRule } from "../drift-rule";

export const STACK_NOT_DEPLOYED = defineRule({
  id: "stack-not-deployed",
  area: "drift",
  title: "The state of a stack is empty",
  severities: ["high", "low"],
  why: "Where the account holds principals of the stack, the state is lost or another one was written: the next deployment would fail or make a second set. That is high. Otherwise the stack was never deployed, which is low.",
  example: {
    before: "the backend's key was renamed, and terraform plans to create everything",
    after: "the stack's state is found again, or what exists is imported",
  },
  remedy: "Deploy the stack; where the account holds its principals, find the state before anything else.",
  since: "0.1.0",
});

const MOST_SHOWN = 3;

export interface EmptyStackFact {
  /** The stack. */
  readonly address: string;
  /** Its principals that the account holds all the same: `user/work`. */
  readonly present: readonly string[];
}

export const stackNotDeployed: DriftRule<EmptyStackFact, "stack-not-deployed"> = {
  declaration: STACK_NOT_DEPLOYED,
  judge: ({ address, present }) =>
    present.length > 0
      ? {
          severity: "high",
          message: `The state of ${address} is empty, and the account holds ${present.length} of its principals (${present.slice(0, MOST_SHOWN).join(", ")}): the state is lost, or another one was written.`,
        }
      : { severity: "low", message: `Stack ${address} was never deployed: its state is empty.` },
  remedy: ({ address, present }) =>
    present.length > 0
      ? "Find the state (backend, key, workspace) before anything else; where it is lost, import what exists."
      : `Run ${deployCommand(address)}, or remove the environment.`,
};
