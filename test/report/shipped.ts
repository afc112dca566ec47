import type { EnvironmentAccess } from "../../src/report/access-report";
import { accessReport } from "../../src/report/build-report";
import type { ReportInput } from "../../src/report/report-input";
import { mergeGraphs } from "../../src/sources/graph/merge-graphs";
import { graphFromStack } from "../../src/sources/stack/graph-from-stack";
import { environments as inputs } from "../shipped";
import { synthesize } from "../support/synthesize";

const stacks = synthesize(...inputs);

/** The shipped environments as they are synthesized. */
export const shippedInputs: readonly ReportInput[] = inputs.map(({ name }) => ({
  environment: name,
  graph: mergeGraphs(
    [...stacks]
      .filter(([stack]) => stack.startsWith(`${name}-`))
      .map(([stack, { json }]) => graphFromStack(json, { file: stack })),
  ),
}));

export const shippedReport = accessReport(shippedInputs);

export function shippedEnvironment(name: string): EnvironmentAccess {
  const found = shippedReport.environments.find((environment) => environment.name === name);
  if (found === undefined) throw new Error(`no environment ${name}`);
  return found;
}
