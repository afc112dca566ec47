import { Argument, type Command, Option } from "commander";
import { iamCredentials } from "../../aws/iam-credentials";
import { keyActivation } from "../../aws/key-activation";
import { quarantineReader } from "../../aws/quarantine";
import { OPTION_CONFLICT, OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import { failureCount } from "../../credentials/run/run-summary";
import type { Environment } from "../../environment/environment";
import { Refusal } from "../../findings/refusal";
import { connect } from "../aws-account";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";
import { deactivateKeys, runListing } from "../keys/deactivate-keys";
import { ownerOf } from "../keys/declared-owner";
import { listKeys } from "../keys/key-list";
import { keyListing } from "../keys/key-listing";
import { logTo } from "../keys/log-line";
import { reactivateKey, refuseHours, refuseReason } from "../keys/reactivate-key";
import { formatListing, LISTING_FORMATS, type Listing, type ListingFormat } from "../listing";
import { whileTelling } from "../progress";
import { projectEnvironments } from "../project-environments";
import { cutoffStoreOf } from "../respond/cutoff-store-of";

/** `iam-baseline keys`: the access keys of an account, the nightly run by hand, and the way back. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

/** Options that only one of the actions takes. */
const ONLY_FOR: Readonly<Record<string, string>> = {
  dryRun: "deactivate",
  yes: "deactivate",
  reason: "reactivate",
  hours: "reactivate",
  key: "reactivate",
  environment: "reactivate",
  despiteQuarantine: "reactivate",
};

function configure(command: Command): void {
  command
    .description("Access keys: what they are, what the next run does to them, and how to get one back.")
    .addArgument(new Argument("<action>", "what to do").choices(["list", "deactivate", "reactivate"]))
    .argument(
      "[names...]",
      "environments; for reactivate one user or repository (default: those of the account)",
    )
    .addOption(
      new Option("--format <format>", "how to write it").choices([...LISTING_FORMATS]).default("table"),
    )
    .option("--dry-run", "deactivate: only tell what would be done (the default)")
    .option("--yes", "deactivate: do it")
    .option("--no-wait", "deactivate: do not look again after half a minute")
    .option("--reason <text>", "reactivate: why; kept in a tag and in the log")
    .option(
      "--hours <n>",
      "reactivate: how long runs keep the key (default: 8, or what the environment allows)",
    )
    .option("--key <last4>", "reactivate: which key, where the user has several")
    .option("--despite-quarantine", "reactivate: although AWS has quarantined the user for a leaked key")
    .option("--environment <name>", "reactivate: whose user, where several environments declare the name")
    .addHelpText("after", HELP);
}

const HELP = `
Exit codes:
  list        0 listed, 1 IAM did not answer everything
  deactivate  0 nothing to do, or done with --yes; 1 something failed; 2 (dry run) there are keys to deactivate
  reactivate  0 the key is active; 1 refused or failed

Examples:
  iam-baseline keys list
  iam-baseline keys deactivate --dry-run
  iam-baseline keys reactivate work --reason "demo in Tokyo" --hours 12 --key ABCD`;

async function run(options: Options, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [action = "", ...names] = args;
  for (const [option, owner] of Object.entries(ONLY_FOR)) {
    if (options[option] !== undefined && owner !== action) {
      const flag = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      throw new Refusal(OPTION_CONFLICT, {
        where: `--${flag}`,
        expected: `with keys ${owner}`,
        got: `it with keys ${action}`,
        remedy: "leave it out",
      });
    }
  }
  const all = await projectEnvironments(context.now, context.directory);
  if (action === "list") return list(all, names, options, context);
  if (action === "deactivate") return deactivate(all, names, options, context);
  return reactivate(all, names, options, context);
}

async function list(
  all: readonly Environment[],
  names: readonly string[],
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const account = await connect(all, names, context);
  try {
    const lists = [];
    for (const environment of account.environments) {
      context.output.progress(`asking IAM for the access keys of environment ${environment.name}`);
      lists.push(
        await listKeys(
          {
            ...iamCredentials(account.iam),
            ...quarantineReader(account.iam),
            sessions: cutoffStoreOf(environment, account.iam),
          },
          environment,
          context.now,
        ),
      );
    }
    show(lists.map(keyListing), lists, options, context);
    return lists.some(({ unanswered }) => unanswered.length > 0) ? exitCodes.error : exitCodes.clean;
  } finally {
    account.close();
  }
}

async function deactivate(
  all: readonly Environment[],
  names: readonly string[],
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const yes = options["yes"] === true;
  if (yes && options["dryRun"] === true) {
    throw new Refusal(OPTION_CONFLICT, {
      where: "--yes and --dry-run",
      expected: "one of them",
      got: "both",
      remedy: "leave one out",
    });
  }
  const account = await connect(all, names, context);
  const log = logTo(context, formatOf(options));
  try {
    const summaries = [];
    for (const environment of account.environments) {
      const settings = { dryRun: !yes, secondLook: options["wait"] !== false };
      log("keys.deactivate", { environment: environment.name, dryRun: !yes, by: account.caller.arn });
      const iam = iamCredentials(account.iam);
      const looking = `looking at the keys of environment ${environment.name}`;
      const summary = await whileTelling(context.output, looking, () =>
        deactivateKeys(iam, environment, settings, context.now, log),
      );
      if (summary === undefined) context.output.progress(`environment ${environment.name}: has no keyRules`);
      else summaries.push(summary);
    }
    show(summaries.map(runListing), summaries, options, context);
    if (summaries.some((summary) => failureCount(summary) > 0)) return exitCodes.error;
    return summaries.some(({ wouldDeactivate }) => wouldDeactivate.length > 0)
      ? exitCodes.findings
      : exitCodes.clean;
  } finally {
    account.close();
  }
}

async function reactivate(
  all: readonly Environment[],
  names: readonly string[],
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const [name, ...more] = names;
  if (name === undefined || more.length > 0) {
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "keys reactivate",
      expected: "one user",
      got: `${names.length}`,
      remedy: "one key is reactivated at a time",
    });
  }
  const reason = options["reason"];
  if (typeof reason !== "string") {
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "keys reactivate",
      expected: "a reason",
      got: "none",
      remedy: 'write --reason "..."',
    });
  }
  const hours = hoursOf(options["hours"]);
  const { environment, userName } = ownerOf(all, name, options["environment"]);
  refuseReason(reason, environment);
  refuseHours(hours, environment);
  const request = {
    userName,
    reason,
    hours,
    lastFour: lastFourOf(options["key"]),
    despiteQuarantine: options["despiteQuarantine"] === true,
  };
  const account = await connect(all, [environment.name], context);
  try {
    const done = await reactivateKey(
      {
        ...iamCredentials(account.iam),
        ...keyActivation(account.iam),
        ...quarantineReader(account.iam),
      },
      environment,
      { ...request, by: account.caller.arn },
      context.now,
      logTo(context, formatOf(options)),
    );
    const listing: Listing = {
      title: `User ${userName} of environment ${environment.name}: access key ${done.key} ${done.wasActive ? "was active already" : "is active"}`,
      facts: [
        ["Holds", done.holds],
        ["Reason", reason],
      ],
      head: [],
      rows: [],
      notes: ["IAM takes some seconds until the key works everywhere."],
    };
    show([listing], done, options, context);
    return exitCodes.clean;
  } finally {
    account.close();
  }
}

function hoursOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const isNumber = typeof value === "string" && /^\d{1,5}(?:\.\d{1,3})?$/.test(value);
  if (isNumber && Number(value) > 0) return Number(value);
  throw new Refusal(OPTION_VALUE_INVALID, {
    where: "--hours",
    expected: "a number of hours, more than 0",
    got: `"${String(value)}"`,
    remedy: "write --hours 8",
  });
}

function lastFourOf(value: unknown): string | undefined {
  if (value === undefined || (typeof value === "string" && /^[A-Z0-9]{4}$/.test(value))) return value;
  throw new Refusal(OPTION_VALUE_INVALID, {
    where: "--key",
    expected: "the last four characters of the key's id (A-Z0-9)",
    got: "something else",
    remedy: "write --key ABCD",
  });
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
