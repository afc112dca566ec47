import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import { Refusal } from "../../findings/refusal";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";
import { projectEnvironments, selectedEnvironments } from "../project-environments";

/** `iam-baseline export`: the stacks as plain Terraform, without CDKTF. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

function configure(command: Command): void {
  command
    .description(
      "Writes the stacks as folders of plain Terraform, with the same addresses and the same state.",
    )
    .argument("[environments...]", "which environments (default: all)")
    .addOption(
      new Option("--format <format>", "Terraform's JSON syntax, or HCL")
        .choices(["terraform", "hcl"])
        .default("hcl"),
    )
    .requiredOption("--output <folder>", "a new or empty folder; each stack gets one below it")
    .addHelpText(
      "after",
      `
Examples:
  iam-baseline export --format hcl --output ../our-iam-terraform
  iam-baseline export prod --format terraform --output exported

docs/leaving.md says what comes then. Exit codes: 0 written, 1 refused.`,
    );
}

async function run(options: Options, names: readonly string[], context: CommandContext): Promise<ExitCode> {
  const folder = resolve(context.directory, String(options["output"]));
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "--output",
      expected: "a new or empty folder",
      got: `${folder}, which is not empty`,
      remedy: "name another one: what is there is never overwritten",
    });
  }
  const all = await projectEnvironments(context.now, context.directory);
  const wanted = selectedEnvironments(all, names).map(({ name }) => name);
  // loaded only here: cdktf takes half a second
  const { exportStacks } = require("../export/export-stacks") as typeof import("../export/export-stacks");
  const stacks = exportStacks({
    environments: all,
    names: wanted,
    format: options["format"] === "terraform" ? "terraform" : "hcl",
    folder,
    context,
  });
  context.output.result(
    `${stacks.length} stacks written to ${folder}:\n${stacks.map((one) => `  ${one}`).join("\n")}\n\n` +
      "Next, in each: terraform init && terraform plan. Expect no changes; its README.md says the rest.\n",
  );
  return exitCodes.clean;
}
