import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { OPTION_CONFLICT } from "../../catalogue/commands/option-refusals";
import { driftReport, type EnvironmentDrift } from "../../drift/drift-report";
import type { Environment } from "../../environment/environment";
import { exitCodeOf, type FindingReport } from "../../findings/finding";
import { maskPrivateIn } from "../../findings/mask";
import { Refusal } from "../../findings/refusal";
import { SEVERITIES, type Severity } from "../../findings/severity";
import type { CommandContext, CommandModule } from "../command";
import { othersInAccount, synthesizedStacks } from "../drift/declared-stacks";
import { driftFromFiles } from "../drift/file-drift";
import { liveDrift } from "../drift/live-drift";
import { neighbourGraphs } from "../drift/neighbour-graphs";
import { type ExitCode, exitCodes } from "../exit-codes";
import { formatFindings } from "../finding-output";
import { writeOptionFile } from "../option-file";
import { projectEnvironments, selectedEnvironments } from "../project-environments";

/** `iam-baseline drift`: how accounts differ from what is declared. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

const LONGEST_REASON = 160;
const FORMATS = ["table", "json", "markdown", "sarif"] as const;

function configure(command: Command): void {
  command
    .description(
      "What changed outside of Terraform: plans every stack without applying, and reads the account.",
    )
    .argument("[environments...]", "which environments (default: all)")
    .option("--plan <file...>", "read plans instead: the output of terraform show -json PLANFILE")
    .option(
      "--inventory <file>",
      "read the account from a file: of --save-inventory, or get-account-authorization-details",
    )
    .option("--credential-report <file>", "beside --inventory, a credential report: passwords and keys")
    .option(
      "--also <state...>",
      "states of others in the account (terraform show -json, or a state file): what they hold is no stranger",
    )
    .option("--save-inventory <file>", "write what was read of the account, for --inventory")
    .option("--no-account", "plan only, do not ask the account")
    .option("--no-history", "do not ask CloudTrail who did it")
    .option("--show-ignored", "list the differences that mean nothing, too")
    .addOption(
      new Option("--fail-on <severity>", "exit with 2 from this severity on")
        .choices([...SEVERITIES])
        .default("low"),
    )
    .addOption(new Option("--format <format>", "how to write it").choices([...FORMATS]).default("table"))
    .option("--output <file>", "write to a file instead of standard output")
    .option("--mask", "mask account ids, networks and e-mail addresses")
    .addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  iam-baseline drift personal
  iam-baseline drift prod --format markdown --mask
  iam-baseline drift prod --save-inventory prod.json
  iam-baseline drift prod --plan prod-identity.plan.json --inventory prod.json
  iam-baseline drift prod --also ../network/terraform.tfstate

It never applies, takes no lock and writes no state. TERRAFORM_BINARY_NAME=tofu runs OpenTofu.
Exit codes: 0 no drift, 1 a stack or an account could not be read, or a question was not answered and nothing was found,
2 findings of --fail-on or worse.`;

async function run(options: Options, names: readonly string[], context: CommandContext): Promise<ExitCode> {
  const environments = await judged(options, names, context);
  const report = driftReport(environments, {
    now: context.now,
    showIgnored: options["showIgnored"] === true,
  });
  const text = formatted(report, options, context);
  const { output } = options;
  if (typeof output === "string") writeOptionFile("--output", output, text, context);
  else context.output.result(text);
  const errors = environments.flatMap((environment) => environment.errors);
  for (const { subject, reason } of errors)
    context.output.progress(`could not read ${subject}: ${shortened(reason)}`);
  if (errors.length > 0) return exitCodes.error;
  const code = exitCodeOf(report, options["failOn"] as Severity);
  const isOpen = environments.some(({ drift: { notChecked } }) => notChecked.length > 0);
  return code === exitCodes.clean && isOpen ? exitCodes.error : code;
}

async function judged(
  options: Options,
  names: readonly string[],
  context: CommandContext,
): Promise<readonly EnvironmentDrift[]> {
  const plans = Array.isArray(options["plan"]) ? options["plan"].map(String) : [];
  const inventory = text(options["inventory"]);
  const credentialReport = text(options["credentialReport"]);
  if (plans.length === 0 && inventory === undefined && credentialReport === undefined) {
    return fromAccounts(options, names, context);
  }
  if (options["saveInventory"] !== undefined) {
    throw new Refusal(
      OPTION_CONFLICT,
      "--save-inventory: expected where the account is read, got --plan, --inventory or --credential-report beside it; leave one out",
    );
  }
  const [name, ...more] = names;
  if (more.length > 0) {
    throw new Refusal(
      OPTION_CONFLICT,
      `expected files of one environment, got ${names.join(", ")}; run the command once for each`,
    );
  }
  const all = await environmentsOfProject(context);
  const files = { plans, inventory, credentialReport, name, also: alsoOf(options) };
  const stacks = all.length === 0 ? [] : synthesizedStacks(context);
  return [driftFromFiles({ files, all, stacks, context })];
}

/** Files can be judged without a project: then nothing is accepted and other stacks are not known. */
async function environmentsOfProject({ directory, now }: CommandContext): Promise<readonly Environment[]> {
  const hasProject = ["ts", "js", "mjs"].some((end) =>
    existsSync(resolve(directory, "environments", `index.${end}`)),
  );
  return hasProject ? projectEnvironments(now, directory) : [];
}

async function fromAccounts(
  options: Options,
  names: readonly string[],
  context: CommandContext,
): Promise<readonly EnvironmentDrift[]> {
  const all = await projectEnvironments(context.now, context.directory);
  const wanted = selectedEnvironments(all, names);
  const saveTo = text(options["saveInventory"]);
  if (saveTo !== undefined && wanted.length !== 1) {
    throw new Refusal(OPTION_CONFLICT, {
      where: "--save-inventory",
      expected: "one environment",
      got: `${wanted.length}`,
      remedy: "name it",
    });
  }
  const stacks = synthesizedStacks(context);
  const found: EnvironmentDrift[] = [];
  for (const environment of wanted) {
    found.push(
      await liveDrift({
        environment,
        stacks: stacks.filter((stack) => stack.environment === environment.name),
        others: [
          ...othersInAccount(environment, all, stacks),
          ...neighbourGraphs([...alsoOf(options), ...environment.neighbours], environment.accountId, context),
        ],
        accounts: all.map(({ accountId }) => accountId),
        context,
        history: options["history"] !== false,
        account: options["account"] !== false,
        ...(saveTo !== undefined && {
          onInventory: (inventory) => {
            const json = `${JSON.stringify(inventory, null, 1)}\n`;
            writeOptionFile("--save-inventory", saveTo, json, context, { mode: 0o600 });
          },
        }),
      }),
    );
  }
  return found;
}

function formatted(report: FindingReport, options: Options, context: CommandContext): string {
  const shown = options["mask"] === true ? maskPrivateIn(report) : report;
  const isToFile = typeof options["output"] === "string";
  return formatFindings(shown, "drift", options["format"], { showAccountIds: true }, context, isToFile);
}

function alsoOf({ also }: Options): readonly string[] {
  return Array.isArray(also) ? also.map(String) : [];
}

/** Terraform's errors are long, and whole in the report. */
function shortened(reason: string): string {
  return reason.length > LONGEST_REASON
    ? `${reason.slice(0, LONGEST_REASON)}... (the report has all of it)`
    : reason;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
