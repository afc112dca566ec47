import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { blocksIn } from "../../devices/block";
import type { Environment } from "../../environment/environment";
import { printable } from "../../findings/printable";
import type { CommandContext, CommandModule } from "../command";
import { awsConfigFile, readOwnFile } from "../device/own-file";
import { runQuietly } from "../doctor/quiet-program";
import { type ExitCode, exitCodes } from "../exit-codes";
import { nextStep } from "../overview/next-step";
import { overview as linesOf } from "../overview/overview";
import { projectEnvironments, selectedEnvironments } from "../project-environments";

/** `iam-baseline overview`: what `npm start` prints after a synthesis. All of it, and why, is told by `access`. */
export const command: CommandModule = { configure, run };

function configure(command: Command): void {
  command
    .description("The first look: what to do next, people, CI, roles, the way back.")
    .argument("[environments...]", "environments (default: all)")
    .addHelpText("after", "\nEverything, and why: iam-baseline access");
}

async function run(
  _options: Readonly<Record<string, unknown>>,
  args: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const all = await projectEnvironments(context.now, context.directory);
  const environments = selectedEnvironments(all, args);
  const binary = context.environmentVariables["TERRAFORM_BINARY_NAME"] ?? "terraform";
  const terraform = (await runQuietly(binary, ["version"], context)) !== undefined;
  const configured = writtenBlocks(context);
  const lines = environments.flatMap((environment) => {
    const step = nextStep(environment, {
      node: Number(process.versions.node.split(".")[0]),
      terraform,
      deployed: isDeployed(environment, context),
      configured: configured.flatMap((id) => {
        const [name, device = ""] = id.split(" ");
        return name === environment.name ? [device] : [];
      }),
    });
    return linesOf(environment, all, step, context.now);
  });
  context.output.result(
    `${lines.map(printable).join("\n")}All of it, and why: iam-baseline access --environment ${environments[0]?.name ?? ""}\n`,
  );
  return exitCodes.clean;
}

function isDeployed({ backend, name }: Environment, { directory }: CommandContext): boolean | undefined {
  if (backend.type !== "local") return undefined;
  return existsSync(join(resolve(directory, backend.directory), `${name}-identity.tfstate`));
}

/** A configuration that cannot be read is the business of the commands that write it. */
function writtenBlocks(context: CommandContext): readonly string[] {
  try {
    const file = awsConfigFile(context);
    return blocksIn(readOwnFile(file), file).map(({ id }) => id);
  } catch {
    return [];
  }
}
