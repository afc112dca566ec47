import type { Environment } from "../../environment/environment";
import type { AccessGraph } from "../../iam/graph";
import { mergeGraphs } from "../../sources/graph/merge-graphs";
import { graphFromStack } from "../../sources/stack/graph-from-stack";

/** Who can do what once the identity stacks of these environments are deployed, whatever was synthesized last. */
export function declaredGraph(environments: readonly Environment[]): AccessGraph {
  // cdktf takes half a second to load: only commands that ask pay for it
  const { IdentityStack } =
    require("../../stacks/identity-stack") as typeof import("../../stacks/identity-stack");
  const { renderedStacks } = require("../../stacks/synthesize") as typeof import("../../stacks/synthesize");
  const stacks = renderedStacks((app) => {
    for (const environment of environments) new IdentityStack(app, environment, environments);
  });
  return mergeGraphs(stacks.map(({ configuration }) => graphFromStack(configuration)));
}
