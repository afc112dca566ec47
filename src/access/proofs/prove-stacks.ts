import type { Environment } from "../../environment/environment";
import type { AccessGraph } from "../graph";
import { graphFromStack } from "../loaders/graph-from-stack";
import { BrokenProofsError } from "./broken-proofs-error";
import { expectationsOf } from "./expectation-of";
import type { ProofReport } from "./proof";
import { prove } from "./prove";

/** A synthesized stack: its id (`<environment>-<stack>`) and the content of its `cdk.tf.json`. */
export interface ProvenStack {
  readonly name: string;
  readonly configuration: unknown;
}

/** One graph of the stacks of every environment: accounts meet in it by ARNs. */
export function graphOfStacks(stacks: readonly ProvenStack[]): AccessGraph {
  const graphs = stacks.map(({ name, configuration }) =>
    graphFromStack(configuration, { file: `${name}: cdk.tf.json` }),
  );
  return {
    users: graphs.flatMap(({ users }) => users),
    groups: graphs.flatMap(({ groups }) => groups),
    roles: graphs.flatMap(({ roles }) => roles),
    managedPolicies: graphs.flatMap(({ managedPolicies }) => managedPolicies),
    oidcProviders: graphs.flatMap(({ oidcProviders }) => oidcProviders),
    samlProviders: graphs.flatMap(({ samlProviders = [] }) => samlProviders),
    safeguards: graphs.flatMap(({ safeguards }) => safeguards),
    credentials: graphs.flatMap(({ credentials = [] }) => credentials),
    unplaced: graphs.flatMap(({ unplaced = [] }) => unplaced),
    unknowns: graphs.flatMap(({ unknowns }) => unknowns),
  };
}

/** Proves all environments together over their synthesized stacks. */
export function proveStacks(
  stacks: readonly ProvenStack[],
  environments: readonly Environment[],
  now: Date,
): ProofReport {
  return prove(graphOfStacks(stacks), expectationsOf(environments), now);
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
