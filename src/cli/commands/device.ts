import { Argument, type Command, Option } from "commander";
import { holderNamed } from "../../devices/holder";
import { CONFIG_TARGETS, type ConfigTarget } from "../../devices/profile";
import { SHELLS, type Shell } from "../../devices/session-variables";
import type { Environment } from "../../environment/environment";
import { printableJson } from "../../findings/printable";
import type { CommandContext, CommandModule } from "../command";
import { CommandError } from "../command-error";
import { deviceConfig } from "../device/device-config";
import { type ExitCode, exitCodes } from "../exit-codes";
import { projectEnvironments } from "../project-environments";

/** `iam-baseline device`: what a person does with the device of one IAM user, from its first key to its end. */
export const device: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

/** Options that only some of the actions take. */
const ONLY_FOR: Readonly<Record<string, readonly string[]>> = {
  for: ["config"],
  write: ["config"],
  prefix: ["config"],
  outputs: ["config"],
  fromAccount: ["config"],
  credentialProcess: ["config"],
  variables: ["config"],
  shell: ["config"],
};

function configure(command: Command): void {
  command
    .description("The device of one IAM user: its profiles.")
    .addArgument(new Argument("<action>", "what to do").choices(["config"]))
    .argument("<device>", "name of the device, as under `devices`")
    .addOption(new Option("--format <format>", "how to write it").choices(["text", "json"]).default("text"))
    .option("--environment <name>", "whose device, where several environments declare the name")
    .addOption(
      new Option("--for <program>", "config: the program that reads it").choices([...CONFIG_TARGETS]),
    )
    .option("--write", "config: write it into ~/.aws/config (or AWS_CONFIG_FILE), between markers of our own")
    .option("--dry-run", "change nothing; exit code 2 where something would change")
    .option("--prefix <text>", "config: put before the profiles' names")
    .option(
      "--outputs <file...>",
      "config: outputs or states of the identity stacks, for the ends of role names",
    )
    .option("--from-account", "config: ask the account for the ends of role names")
    .option("--credential-process", "config: also profiles for programs that cannot ask for a code")
    .option(
      "--variables <file>",
      "config: with --write, a shell's start file that gets aws-vault's variables",
    )
    .addOption(new Option("--shell <shell>", "config: language of that file").choices([...SHELLS]))
    .addHelpText("after", HELP);
}

const HELP = `
Exit codes:
  config  0 printed, written, or nothing to change; 1 refused; 2 (--write --dry-run) something would change

Examples:
  iam-baseline device config work
  iam-baseline device config work --write --variables ~/.profile
  iam-baseline device config home --for cli --write --prefix home-`;

async function run(options: Options, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [action = "", name = ""] = args;
  for (const [option, owners] of Object.entries(ONLY_FOR)) {
    if (options[option] !== undefined && !owners.includes(action)) {
      const flag = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      throw new CommandError(
        `--${flag}: expected with device ${owners.join(" or ")}, got it with device ${action}; leave it out`,
      );
    }
  }
  const all = await projectEnvironments(context.now, context.directory);
  return config(all, name, options, context);
}

async function config(
  all: readonly Environment[],
  name: string,
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const prefix = options["prefix"] as string | undefined;
  if (prefix !== undefined && !/^[A-Za-z0-9._-]{0,40}$/.test(prefix)) {
    throw new CommandError(
      `--prefix: expected at most 40 of A-Za-z0-9._-, got ${JSON.stringify(prefix)}; shorten or rewrite it`,
    );
  }
  const write = options["write"] === true;
  if (!write && options["variables"] !== undefined) {
    throw new CommandError("--variables: expected together with --write, got it alone; add --write");
  }
  const holder = holderNamed(all, name, options["environment"] as string | undefined, "device config");
  const target = (options["for"] as ConfigTarget | undefined) ?? "aws-vault";
  const done = await deviceConfig(
    holder,
    all,
    {
      target,
      prefix,
      credentialProcess: options["credentialProcess"] === true,
      outputs: (options["outputs"] as string[] | undefined) ?? [],
      fromAccount: options["fromAccount"] === true,
      write: write && options["dryRun"] !== true,
      variablesFile: options["variables"] as string | undefined,
      shell: (options["shell"] as Shell | undefined) ?? "sh",
    },
    context,
  );
  const { output } = context;
  if (options["format"] === "json") output.result(`${printableJson(done)}\n`);
  else if (!write) output.result(done.text);
  else {
    const did = options["dryRun"] === true ? "would write" : "wrote";
    for (const file of done.changed) output.result(`${did} ${file}\n`);
    for (const file of done.unchanged) output.result(`nothing to change in ${file}\n`);
    output.result(`profiles: ${done.profiles.map((profile) => profile.name).join(", ")}\n`);
  }
  if (done.variableLines.length > 0 && done.variablesFile === undefined) {
    output.progress(
      `aws-vault stops after an hour without these variables; put them into your shell's start file (or --variables FILE):\n${done.variableLines.map((line) => `  ${line}`).join("\n")}`,
    );
  }
  return options["dryRun"] === true && write && done.changed.length > 0
    ? exitCodes.findings
    : exitCodes.clean;
}
