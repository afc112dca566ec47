import { setTimeout as sleep } from "node:timers/promises";
import { type Command, Option } from "commander";
import { responseKeys } from "../../aws/response-keys";
import { OPTION_CONFLICT, OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import type { Environment } from "../../environment/environment";
import { sessionsTellTheirUser } from "../../environment/human-roles";
import { Refusal } from "../../findings/refusal";
import { withoutCutoff } from "../../policies/cutoff";
import { isIncomplete, respond } from "../../response/respond";
import type { ResponseDeps } from "../../response/response-deps";
import { type ConnectedAccount, connect } from "../aws-account";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";
import { logTo } from "../keys/log-line";
import { formatListing, LISTING_FORMATS, type Listing, type ListingFormat } from "../listing";
import { projectEnvironments } from "../project-environments";
import { cutoffStoreOf } from "../respond/cutoff-store-of";
import {
  environmentsElsewhere,
  type RespondTarget,
  refuseUnknown,
  respondTarget,
} from "../respond/respond-target";
import { liftListing, responseListing } from "../respond/response-listing";

/** `iam-baseline respond`: what the function does about a leaked key, by a person and with a person's credentials. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

/** How long a person's call goes on trying. */
const PATIENCE_MS = 180_000;

function configure(command: Command): void {
  command
    .description(
      "End a user's access keys and sessions now, as the function does for a leaked key; or lift that.",
    )
    .argument("[user]", "IAM user, or a repository as owner/name")
    .option("--reason <text>", "why; told and logged")
    .option("--environment <name>", "whose user, or in whose roles, where it is not clear")
    .option("--everybody", "end everybody's sessions in the environment; with --lift, lift that")
    .option("--lift", "sessions are no longer denied; keys stay as they are")
    .addOption(
      new Option("--format <format>", "how to write it").choices([...LISTING_FORMATS]).default("table"),
    )
    .addHelpText("after", HELP);
}

const HELP = `
Sessions are denied by the policy <namespace>-session-cutoff of an environment with \`respond\`. It is done with your
own credentials, so it works where the function does not; you need to be an administrator.

Exit codes: 0 done; 1 not all of it is done, or refused

Examples:
  iam-baseline respond work --reason "laptop was stolen"
  iam-baseline respond work --lift`;

async function run(options: Options, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [name] = args;
  const lift = options["lift"] === true;
  const everybody = options["everybody"] === true;
  const { reason } = options;
  if (name === undefined && !(lift && everybody))
    throw missing("a user", "none", "name the user whose key leaked");
  if (lift && reason !== undefined) {
    throw new Refusal(OPTION_CONFLICT, {
      where: "--lift and --reason",
      expected: "one of them",
      got: "both",
      remedy: "leave one out",
    });
  }
  if (!lift && typeof reason !== "string") throw missing("a reason", "none", 'write --reason "..."');
  const all = await projectEnvironments(context.now, context.directory);
  const asked = typeof options["environment"] === "string" ? options["environment"] : undefined;
  const target =
    name === undefined
      ? { userName: "", environments: asked === undefined ? [] : [asked], isDeclared: true }
      : respondTarget(all, name, asked);
  const account = await connect(all, target.environments, context);
  try {
    const [environment, ...others] = account.environments;
    if (environment === undefined || (others.length > 0 && asked === undefined && !target.isDeclared))
      throw missing(
        "one environment",
        account.environments.map((one) => one.name).join(" and "),
        "say which with --environment",
      );
    return lift
      ? await liftCutoff(environment, target, everybody, account, options, context)
      : await endAll(
          all,
          environment,
          target,
          { reason: String(reason), everybody },
          account,
          options,
          context,
        );
  } finally {
    account.close();
  }
}

async function endAll(
  all: readonly Environment[],
  environment: Environment,
  target: RespondTarget,
  { reason, everybody }: { readonly reason: string; readonly everybody: boolean },
  account: ConnectedAccount,
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const { userName } = target;
  const format = formatOf(options);
  const log = logTo(context, format);
  const began = Date.now();
  const deps: ResponseDeps = {
    keys: responseKeys(account.iam),
    sessions: cutoffStoreOf(environment, account.iam),
    now: () => new Date(),
    sleep: async (milliseconds) => {
      await sleep(milliseconds);
    },
    remainingMs: () => PATIENCE_MS - (Date.now() - began),
    log: (message, fields) =>
      log(`respond.${message.replaceAll(" ", "-")}`, { environment: environment.name, ...fields }),
  };
  if (!target.isDeclared && (await deps.keys.userId(userName)) === "gone")
    refuseUnknown(all, userName, environment.accountId);
  log("respond", { environment: environment.name, userName, reason, by: account.caller.arn });
  const oneByOne = !everybody && sessionsTellTheirUser(environment, all);
  const result = await respond(deps, { userName, reason, oneByOne });
  const elsewhere = environmentsElsewhere(all, environment, userName);
  const timeZone = environment.detection?.digest.timeZone ?? "UTC";
  show(
    responseListing(result, environment.name, timeZone, elsewhere),
    { ...result, elsewhere },
    options,
    context,
  );
  return isIncomplete(result) || result.sessions.kind === "no-policy" ? exitCodes.error : exitCodes.clean;
}

async function liftCutoff(
  environment: Environment,
  { userName }: RespondTarget,
  everybody: boolean,
  account: ConnectedAccount,
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const store = cutoffStoreOf(environment, account.iam);
  if (store === undefined)
    throw missing("an environment with respond", environment.name, "no session of it is denied");
  const { cutoffs: before } = await store.read();
  const log = logTo(context, formatOf(options));
  log("respond.lift", {
    environment: environment.name,
    whose: everybody ? "everybody" : userName,
    by: account.caller.arn,
  });
  const whose = everybody ? undefined : userName;
  const isThere = before.some((one) => one.userName === whose);
  const after = isThere
    ? (await store.change((cutoffs) => withoutCutoff(cutoffs, whose, new Date()))).cutoffs
    : before;
  show(
    liftListing(userName || "(everybody)", environment.name, before, after),
    { before, after },
    options,
    context,
  );
  return exitCodes.clean;
}

function missing(expected: string, got: string, remedy: string): Refusal {
  return new Refusal(OPTION_VALUE_INVALID, { where: "respond", expected, got, remedy });
}

function formatOf(options: Options): ListingFormat {
  return LISTING_FORMATS.find((format) => format === options["format"]) ?? "table";
}

function show(listing: Listing, data: unknown, options: Options, { output }: CommandContext): void {
  output.result(formatListing([listing], data, formatOf(options), output.columns));
}
