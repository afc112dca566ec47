import { Argument, type Command, Option } from "commander";
import { OPTION_CONFLICT, OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import { type Holder, holderNamed } from "../../devices/holder";
import { CONFIG_TARGETS, type ConfigTarget } from "../../devices/profile";
import { SHELLS, type Shell } from "../../devices/session-variables";
import type { Environment } from "../../environment/environment";
import { printableJson } from "../../findings/printable";
import { Refusal } from "../../findings/refusal";
import { withRemedy } from "../aws-refusal";
import type { CommandContext, CommandModule } from "../command";
import { deviceConfig } from "../device/device-config";
import { onboardingListing, retirementListing, rotationListing } from "../device/device-listings";
import { HAND_OVERS, type HandOver } from "../device/key-store";
import { onboard } from "../device/onboard";
import { retire } from "../device/retire";
import { rotate } from "../device/rotate";
import { type ExitCode, exitCodes } from "../exit-codes";
import { terminal } from "../interaction";
import { logTo } from "../keys/log-line";
import { formatListing, LISTING_FORMATS, type Listing, type ListingFormat } from "../listing";
import { refuseForeignOptions } from "../option-owners";
import { projectEnvironments } from "../project-environments";

/** `iam-baseline device`: what a person does with the device of one IAM user, from its first key to its end. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

/** Options that only some of the actions take. */
const ONLY_FOR: Readonly<Record<string, readonly string[]>> = {
  for: ["config"],
  write: ["config"],
  prefix: ["config"],
  outputs: ["config", "onboard"],
  fromAccount: ["config"],
  credentialProcess: ["config"],
  variables: ["config"],
  shell: ["config"],
  yes: ["onboard"],
  to: ["onboard", "rotate"],
  pipe: ["onboard", "rotate"],
  profile: ["onboard", "rotate"],
  replaceKey: ["onboard"],
  showSeed: ["onboard"],
  despiteRun: ["rotate"],
  patch: ["retire", "rename"],
};

const ACTIONS = ["config", "onboard", "rotate", "retire", "rename"] as const;

function configure(command: Command): void {
  command
    .description("The device of one IAM user: its profiles, its first key, rotation and end.")
    .addArgument(new Argument("<action>", "what to do").choices([...ACTIONS]))
    .argument("<device>", "name of the device, as under `devices`")
    .argument("[name]", "rename: its new name")
    .addOption(
      new Option("--format <format>", "how to write it").choices([...LISTING_FORMATS]).default("table"),
    )
    .option("--environment <name>", "whose device, where several environments declare the name")
    .option("--dry-run", "change nothing; exit code 2 where something would change")
    .addOption(
      new Option("--for <program>", "config: the program that reads it").choices([...CONFIG_TARGETS]),
    )
    .option("--write", "config: write it into ~/.aws/config (or AWS_CONFIG_FILE), between markers of our own")
    .option("--prefix <text>", "config: put before the profiles' names")
    .option(
      "--outputs <file...>",
      "config, onboard: outputs or states of the identity stacks, for the ends of role names",
    )
    .option("--from-account", "config: ask the account for the ends of role names")
    .option("--credential-process", "config: also profiles for programs that cannot ask for a code")
    .option(
      "--variables <file>",
      "config: with --write, a shell's start file that gets aws-vault's variables",
    )
    .addOption(new Option("--shell <shell>", "config: language of that file").choices([...SHELLS]))
    .option("--yes", "onboard: do the steps")
    .addOption(new Option("--to <where>", "onboard, rotate: where a key goes").choices([...HAND_OVERS]))
    .option("--pipe <command>", "onboard, rotate: with --to pipe, a command that reads the key as JSON")
    .option("--profile <name>", "onboard, rotate: profile of the key (default: as device config wrote it)")
    .option("--replace-key", "onboard: delete an active key that was never used and that is not here")
    .option("--show-seed", "onboard: show the seed of the MFA device as text too")
    .option("--despite-run", "rotate: although a run that ends keys is near")
    .option("--patch <file>", "retire, rename: write the edit of the environment file there")
    .addHelpText("after", HELP);
}

const HELP = `
Exit codes:
  config           0 printed, written, or nothing to change; 1 refused; 2 (--write --dry-run) something would change
  onboard          0 the device works; 1 refused or failed; 2 (without --yes) steps are left to do
  rotate           0 rotated; 1 refused or failed, the old key in place; 2 (--dry-run) it would be
  retire, rename   0 told; 1 refused; 2 without the device the environment would be refused

Examples:
  iam-baseline device config work --write --variables ~/.profile
  iam-baseline device onboard home --yes
  iam-baseline device rotate work
  iam-baseline device rename work laptop --patch rename.patch`;

async function run(options: Options, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [action = "", name = "", to] = args;
  refuseForeignOptions("device", action, options, ONLY_FOR);
  if ((to === undefined) === (action === "rename")) {
    throw new Refusal(
      OPTION_CONFLICT,
      action === "rename"
        ? "device rename: expected the old name and the new one, got one name; write device rename OLD NEW"
        : `device ${action}: expected one device, got two names; leave one out`,
    );
  }
  const all = await projectEnvironments(context.now, context.directory);
  const holder = holderNamed(all, name, text(options, "environment"), `device ${action}`);
  return withRemedy(`device ${action} ${name}`, "it goes on where it stopped", async () => {
    switch (action) {
      case "config":
        return config(holder, all, options, context);
      case "onboard":
        return onboardDevice(holder, all, options, context);
      case "rotate":
        return rotateKey(holder, all, options, context);
      default:
        return retireDevice(holder, all, to, options, context);
    }
  });
}

async function config(
  holder: Holder,
  all: readonly Environment[],
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const prefix = text(options, "prefix");
  if (prefix !== undefined && !/^[A-Za-z0-9._-]{0,40}$/.test(prefix)) {
    throw new Refusal(
      OPTION_VALUE_INVALID,
      `--prefix: expected at most 40 of A-Za-z0-9._-, got ${JSON.stringify(prefix)}; shorten or rewrite it`,
    );
  }
  const write = options["write"] === true;
  const dryRun = options["dryRun"] === true;
  if (!write && options["variables"] !== undefined) {
    throw new Refusal(
      OPTION_CONFLICT,
      "--variables: expected together with --write, got it alone; add --write",
    );
  }
  const target = (options["for"] as ConfigTarget | undefined) ?? "aws-vault";
  const done = await deviceConfig(
    holder,
    all,
    {
      target,
      prefix,
      credentialProcess: options["credentialProcess"] === true,
      outputs: outputsOf(options),
      fromAccount: options["fromAccount"] === true,
      write: write && !dryRun,
      variablesFile: text(options, "variables"),
      shell: (options["shell"] as Shell | undefined) ?? "sh",
    },
    context,
  );
  const { output } = context;
  const format = formatOf(options);
  const did = dryRun ? "would write" : "wrote";
  const notes = [
    ...done.changed.map((file) => `${did} ${file}`),
    ...done.unchanged.map((file) => `nothing to change in ${file}`),
    `profiles: ${done.profiles.map((profile) => profile.name).join(", ")}`,
  ];
  if (format === "json") output.result(`${printableJson(done)}\n`);
  else if (write)
    output.result(`${notes.map((note) => (format === "table" ? note : `- ${note}`)).join("\n")}\n`);
  else output.result(format === "table" ? done.text : `\`\`\`ini\n${done.text}\`\`\`\n`);
  if (done.variableLines.length > 0 && done.variablesFile === undefined) {
    output.progress(
      `aws-vault stops after an hour without these variables; put them into your shell's start file (or --variables FILE):\n${done.variableLines.map((line) => `  ${line}`).join("\n")}`,
    );
  }
  return dryRun && write && done.changed.length > 0 ? exitCodes.findings : exitCodes.clean;
}

async function onboardDevice(
  holder: Holder,
  all: readonly Environment[],
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const yes = options["yes"] === true;
  if (yes && options["dryRun"] === true) {
    throw new Refusal(OPTION_CONFLICT, "--yes and --dry-run: expected one of them, got both; leave one out");
  }
  const request = {
    ...handOver(options),
    outputs: outputsOf(options),
    fromAccount: true,
    replaceKey: options["replaceKey"] === true,
    showSeed: options["showSeed"] === true,
    yes,
  };
  const log = logTo(context, formatOf(options));
  const done = await onboard(holder, all, request, context, context.interaction ?? terminal, log);
  show([onboardingListing(done, yes)], done, options, context);
  if (yes) return exitCodes.clean;
  return done.steps.every(({ state }) => state === "done") ? exitCodes.clean : exitCodes.findings;
}

async function rotateKey(
  holder: Holder,
  all: readonly Environment[],
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const dryRun = options["dryRun"] === true;
  const request = { ...handOver(options), dryRun, despiteRun: options["despiteRun"] === true };
  const log = logTo(context, formatOf(options));
  const done = await rotate(holder, all, request, context, context.interaction ?? terminal, log);
  show([rotationListing(done)], done, options, context);
  return dryRun ? exitCodes.findings : exitCodes.clean;
}

function retireDevice(
  holder: Holder,
  all: readonly Environment[],
  to: string | undefined,
  options: Options,
  context: CommandContext,
): ExitCode {
  const request = { to, patch: text(options, "patch"), dryRun: options["dryRun"] === true };
  const done = retire(holder, all, request, context);
  show([retirementListing(done)], done, options, context);
  if (done.patch !== "" && done.patchFile === undefined && formatOf(options) === "table") {
    context.output.result(done.patch);
  }
  return done.violations.length > 0 ? exitCodes.findings : exitCodes.clean;
}

function handOver(options: Options) {
  const pipe = text(options, "pipe");
  const to = (options["to"] as HandOver | undefined) ?? (pipe === undefined ? "aws-vault" : "pipe");
  if (pipe !== undefined && to !== "pipe") {
    throw new Refusal(
      OPTION_CONFLICT,
      `--pipe: expected with --to pipe, got it with --to ${to}; leave one out`,
    );
  }
  return { to, pipe, profile: profileOf(options) };
}

/** Names of profiles stand in a file of sections and in commands. */
function profileOf(options: Options): string | undefined {
  const profile = text(options, "profile");
  if (profile === undefined || /^[A-Za-z0-9._@/+-]{1,128}$/.test(profile)) return profile;
  throw new Refusal(
    OPTION_VALUE_INVALID,
    `--profile: expected the name of a profile, 1-128 of A-Za-z0-9._@/+-, got ${JSON.stringify(profile)}; write it as device config does`,
  );
}

function outputsOf(options: Options): readonly string[] {
  return (options["outputs"] as string[] | undefined) ?? [];
}

function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

function formatOf(options: Options): ListingFormat {
  return LISTING_FORMATS.find((format) => format === options["format"]) ?? "table";
}

function show(
  listings: readonly Listing[],
  data: unknown,
  options: Options,
  { output }: CommandContext,
): void {
  output.result(formatListing(listings, data, formatOf(options), output.columns));
}
