import type { Environment } from "../../environment/environment";
import { proveStacks } from "../../proofs/prove-stacks";
import type { BrokenProof } from "../../proofs/world/proof";
import { addBaseline } from "../../stacks/baseline";
import { renderedStacks } from "../../stacks/synthesize";

/** What environments break, over the stacks that they would synthesize to. */
export function proveEnvironments(environments: readonly Environment[], now: Date): readonly BrokenProof[] {
  const stacks = renderedStacks((app) => addBaseline(app, environments));
  return proveStacks(stacks, environments, now).broken;
}
