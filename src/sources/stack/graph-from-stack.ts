import type { AccessGraph } from "../../iam/graph";
import { buildGraph } from "../graph/build-graph";
import { type StackOptions, stackSource } from "./stack-source";

export type { StackOptions } from "./stack-source";

/**
 * What a synthesized stack would make of an account.
 *
 * Names and ARNs are computed from the configuration. Random suffixes and what else only an apply tells are unknown
 * parts; expressions beyond references, templates, `jsonencode` and a few list functions are unknown with their text.
 *
 * @param cdkTfJson one parsed `cdk.tf.json`, or other Terraform JSON configuration
 * @throws AccessSourceError when it is something else
 */
export function graphFromStack(cdkTfJson: unknown, options: StackOptions = {}): AccessGraph {
  return buildGraph(stackSource(cdkTfJson, options));
}
