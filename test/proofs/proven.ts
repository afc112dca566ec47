import type { EnvironmentInput } from "../../src/environment/environment";
import { prove } from "../../src/proofs/prove";
import { givenDocuments, graphOfStacks, type ProvenStack } from "../../src/proofs/prove-stacks";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { expectationsOf } from "../../src/proofs/world/expectation-of";
import { withDocuments } from "../../src/proofs/world/known-documents";
import { type BrokenProof, findingOf, type ProofReport } from "../../src/proofs/world/proof";
import { NOW } from "../builders/environment";
import { synthesize } from "../support/synthesize";
import type { StackJson } from "./mutants/stack-json";

export type { StackJson } from "./mutants/stack-json";

/** What the proofs say of environments as they are synthesized, with a change to the first identity stack. */
export function proven(
  inputs: EnvironmentInput | readonly EnvironmentInput[],
  change: (stack: StackJson) => void = () => {},
): ProofReport {
  const all = Array.isArray(inputs) ? (inputs as readonly EnvironmentInput[]) : [inputs as EnvironmentInput];
  const stacks: ProvenStack[] = [...synthesize(...all)].map(([name, { json }]) => ({
    name,
    configuration: json,
  }));
  const identity = stacks.find(({ name }) => name.endsWith("-identity"));
  if (identity !== undefined) change(identity.configuration as StackJson);
  const valid = validateBaseline(all, NOW);
  const graph = withDocuments(graphOfStacks(stacks), givenDocuments(valid));
  return prove(graph, expectationsOf(valid), NOW);
}

/** `proof subject` of each broken proof, sorted. */
export function told(broken: readonly BrokenProof[]): readonly string[] {
  return [...new Set(broken.map((proof) => `${findingOf(proof)} ${proof.subject}`))].sort();
}
