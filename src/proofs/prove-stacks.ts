import type { Environment } from "../environment/environment";
import type { AccessGraph } from "../iam/graph";
import type { PolicyDocument } from "../iam/policy-document";
import { requireAcceptedDocuments } from "../iam/refused-documents";
import { mergeGraphs } from "../sources/graph/merge-graphs";
import { graphFromStack } from "../sources/stack/graph-from-stack";
import { BrokenProofsError } from "./broken-proofs-error";
import { prove } from "./prove";
import { expectationsOf } from "./world/expectation-of";
import { withDocuments } from "./world/known-documents";
import type { ProofReport } from "./world/proof";

/** A synthesized stack: its id (`<environment>-<stack>`) and the content of its `cdk.tf.json`. */
export interface ProvenStack {
  readonly name: string;
  readonly configuration: unknown;
}

/** One graph of the stacks of every environment: accounts meet in it by ARNs. */
export function graphOfStacks(stacks: readonly ProvenStack[]): AccessGraph {
  return mergeGraphs(
    stacks.map(({ name, configuration }) => graphFromStack(configuration, { file: `${name}: cdk.tf.json` })),
  );
}

/** Documents that environments give for policies which they name and do not make. */
export function givenDocuments(
  environments: readonly Pick<Environment, "documents">[],
): Readonly<Record<string, PolicyDocument>> {
  return Object.fromEntries(environments.flatMap(({ documents }) => Object.entries(documents)));
}

/**
 * Proves all environments together over their synthesized stacks.
 *
 * @throws RefusedDocumentsError where IAM would refuse a document
 */
export function proveStacks(
  stacks: readonly ProvenStack[],
  environments: readonly Environment[],
  now: Date,
): ProofReport {
  const graph = withDocuments(graphOfStacks(stacks), givenDocuments(environments));
  return prove(requireAcceptedDocuments(graph), expectationsOf(environments), now);
}

/** @throws BrokenProofsError when a proof does not hold and no environment accepts that */
export function requireProofs(
  stacks: readonly ProvenStack[],
  environments: readonly Environment[],
  now: Date,
): ProofReport {
  const report = proveStacks(stacks, environments, now);
  if (report.broken.length > 0) throw new BrokenProofsError(report);
  return report;
}
