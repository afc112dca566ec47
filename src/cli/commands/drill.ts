import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Argument, type Command, Option } from "commander";
import { awsClient } from "../../aws/client-factory";
import { putEvent } from "../../aws/drill-event";
import { keyActivation } from "../../aws/key-activation";
import { responseKeys } from "../../aws/response-keys";
import { listenTo } from "../../aws/topic-ear";
import { DRILL_REFUSED } from "../../catalogue/commands/response-refusals";
import { DRILL_SOURCE, drillDetail, HEALTH_EVENT } from "../../detection/drill";
import { detectionScope } from "../../detection/scope-of";
import { policyName } from "../../environment/account-names";
import type { Environment } from "../../environment/environment";
import { sessionsTellTheirUser } from "../../environment/human-roles";
import { healthRegions } from "../../environment/regions-of-events";
import { Refusal } from "../../findings/refusal";
import { runDrill } from "../../response/drill";
import { type ConnectedAccount, connect } from "../aws-account";
import type { CommandContext, CommandModule } from "../command";
import { drillListing, lateSteps } from "../drill/drill-listing";
import { type ExitCode, exitCodes } from "../exit-codes";
import { ownerOf } from "../keys/declared-owner";
import { logTo } from "../keys/log-line";
import { formatListing, LISTING_FORMATS, type ListingFormat } from "../listing";
import { projectEnvironments } from "../project-environments";
import { cutoffStoreOf } from "../respond/cutoff-store-of";

/** `iam-baseline drill`: whether a leaked key really ends in a minute, in the account as it is deployed. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

function configure(command: Command): void {
  command
    .description("A fire drill: a synthetic event to the real rule, measured, and everything put back.")
    .addArgument(new Argument("<exercise>", "what happens").choices(["leaked-key"]))
    .argument("<user>", "device or repository whose key and sessions end for about a minute")
    .option("--environment <name>", "whose user, where several environments declare the name")
    .option("--yes", "do it; without it, only what would be done is told")
    .addOption(
      new Option("--format <format>", "how to write it").choices([...LISTING_FORMATS]).default("table"),
    )
    .addHelpText("after", HELP);
}

const HELP = `
The user's keys are Inactive and its sessions denied until the drill puts them back: choose a user nobody works with
now. The subscribers of the topic get the message, which says (drill). If it is interrupted:
baseline respond USER --lift, then baseline keys reactivate USER --reason "after a drill".

Exit codes: 0 each step within 60 s; 2 a step was late or did not happen; 1 refused, or not all is put back

Example:
  iam-baseline drill leaked-key spare-laptop --yes`;

async function run(options: Options, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [, name = ""] = args;
  const all = await projectEnvironments(context.now, context.directory);
  const { environment, userName } = ownerOf(all, name, options["environment"]);
  refuseUnfit(environment, all, userName);
  const account = await connect(all, [environment.name], context);
  try {
    const { arn } = account.caller;
    if (arn.endsWith(`/${userName}`))
      throw refused(
        userName,
        "another user's credentials",
        `your own session (${arn})`,
        "the drill would lock you out: take another user",
      );
    if (options["yes"] !== true) {
      context.output.result(
        `Nothing was sent. With --yes, the keys of user ${userName} of environment ${environment.name} are Inactive and its sessions denied for about a minute, and the subscribers of the topic are told of a drill.\n`,
      );
      return exitCodes.clean;
    }
    return await drill(environment, userName, account, options, context);
  } finally {
    account.close();
  }
}

async function drill(
  environment: Environment,
  userName: string,
  account: ConnectedAccount,
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const { detection, partition, region, accountId } = environment;
  const sessions = cutoffStoreOf(environment, account.iam);
  const [busRegion = region] = healthRegions(partition);
  if (detection === undefined || sessions === undefined) return exitCodes.error;
  const format = LISTING_FORMATS.find((one) => one === options["format"]) ?? "table";
  const log = logTo(context, format as ListingFormat);
  const bus = awsClient(EventBridgeClient, "EVENTBRIDGE", { region: busRegion });
  const sns = awsClient(SNSClient, "SNS", { region });
  const sqs = awsClient(SQSClient, "SQS", { region });
  const drillId = randomUUID();
  const topicArn = `arn:${partition}:sns:${region}:${accountId}:${policyName(environment, "detection")}`;
  const { listAccessKeys } = responseKeys(account.iam);
  try {
    const ear = await listenTo(
      sns,
      sqs,
      topicArn,
      `${policyName(environment, "drill")}-${drillId.slice(0, 8)}`,
    );
    try {
      const report = await runDrill({
        userName,
        listAccessKeys,
        activate: keyActivation(account.iam).activate,
        sessions,
        send: () =>
          putEvent(bus, {
            source: DRILL_SOURCE,
            detailType: HEALTH_EVENT,
            detail: drillDetail(detectionScope(environment, detection), userName, drillId),
          }),
        heard: async () =>
          (await ear.hear()).some((text) => text.includes("(drill)") && text.includes("Response for")),
        now: () => new Date(),
        sleep: async (milliseconds) => {
          await sleep(milliseconds);
        },
        log: (message, fields) =>
          log(`drill.${message.replaceAll(" ", "-")}`, {
            environment: environment.name,
            by: account.caller.arn,
            ...fields,
          }),
      });
      const listing = drillListing(report, environment.name, accountId);
      context.output.result(formatListing([listing], report, format, context.output.columns));
      if (report.notRestored.length > 0) return exitCodes.error;
      return lateSteps(report).length > 0 ? exitCodes.findings : exitCodes.clean;
    } finally {
      await ear.close();
    }
  } catch (error) {
    if (error instanceof RangeError)
      throw refused(
        userName,
        "a user that can be drilled",
        error.message,
        "take another user, or end what is under way",
      );
    throw error;
  } finally {
    for (const client of [bus, sns, sqs]) client.destroy();
  }
}

function refuseUnfit(environment: Environment, all: readonly Environment[], userName: string): void {
  if (environment.detection === undefined || environment.respond?.leakedKeys !== true)
    throw refused(
      userName,
      "an environment that responds to leaked keys",
      `${environment.name}, which does not`,
      "add detection and respond: { leakedKeys: true }, and deploy",
    );
  if (!sessionsTellTheirUser(environment, all))
    throw refused(
      userName,
      "roles whose sessions tell their user",
      `roles of ${environment.name} that do not`,
      "a drill would end everybody's sessions, yours too: set trust.sessionName: true in every role that devices assume, and deploy",
    );
}

function refused(userName: string, expected: string, got: string, remedy: string): Refusal {
  return new Refusal(DRILL_REFUSED, { where: `drill leaked-key ${userName}`, expected, got, remedy });
}
