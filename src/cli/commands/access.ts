import type { Command } from "commander";
import { isColorSupported } from "picocolors";
import { accessReport } from "../../access/report/build-report";
import { formatAccessTable } from "../../access/report/format/table";
import { type AccessSources, readSources } from "../access-sources";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";

/** `iam-baseline access`: who can do what, or the answer to one question. */
export const access: CommandModule = { configure, run };

function configure(command: Command): void {
  command
    .description(
      "Who can do what, under which conditions; with --principal and --action, one question answered.",
    )
    .option("--from-stack <dir...>", "read synthesized stacks (default: cdktf.out)")
    .option("--from-plan <file...>", "read plans: the output of terraform show -json, - for standard input")
    .option("--from-state <file...>", "read states: the output of terraform show -json, or state files")
    .option("--before", "of plans, show the account before them and not after")
    .option("--environment <name...>", "only these environments");
}

async function run(
  options: Readonly<Record<string, unknown>>,
  _args: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const sources = sourcesOf(options);
  const inputs = readSources(sources, context);
  const report = accessReport(inputs);
  const { columns } = context.output;
  const shownEnvironments = report.environments.filter(
    ({ name }) => sources.environments.length === 0 || sources.environments.includes(name),
  );
  context.output.result(
    formatAccessTable(
      { ...report, environments: shownEnvironments },
      { color: columns !== undefined && isColorSupported, ...(columns !== undefined && { width: columns }) },
    ),
  );
  return exitCodes.clean;
}

function sourcesOf(options: Readonly<Record<string, unknown>>): AccessSources {
  return {
    fromStack: texts(options["fromStack"]),
    fromPlan: texts(options["fromPlan"]),
    fromState: texts(options["fromState"]),
    before: options["before"] === true,
    environments: texts(options["environment"]),
  };
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
