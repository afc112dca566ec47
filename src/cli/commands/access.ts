import { type Command, Option } from "commander";
import { isColorSupported } from "picocolors";
import { OPTION_CONFLICT } from "../../catalogue/commands/option-refusals";
import { reasonOf } from "../../findings/describe-error";
import { maskPrivateIn } from "../../findings/mask";
import { Refusal } from "../../findings/refusal";
import type { AccessReport, NotKnown } from "../../report/access-report";
import { accessReport } from "../../report/build-report";
import { formatAccessJson } from "../../report/format/json";
import { formatAccessMarkdown } from "../../report/format/markdown";
import { formatAccessMermaid } from "../../report/format/mermaid";
import { formatAccessSvg } from "../../report/format/svg";
import { formatAccessTable } from "../../report/format/table";
import type { ReportInput } from "../../report/report-input";
import { type AccessSources, isDefaultSource, readSources } from "../access-sources";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";
import { writeOptionFile } from "../option-file";
import { answerEscalations } from "./access-escalations";
import { addQuestionOptions, answer, isQuestion } from "./access-question";

/** `iam-baseline access`: who can do what, or the answer to one question. */
export const command: CommandModule = { configure, run };

const FORMATS = ["table", "json", "markdown", "mermaid", "svg"] as const;

function configure(command: Command): void {
  command
    .description(
      "Who can do what, under which conditions; with --principal and --action, one question answered.",
    )
    .option("--from-stack <dir...>", "read synthesized stacks (default: cdktf.out)")
    .option("--from-plan <file...>", "read plans: the output of terraform show -json, - for standard input")
    .option("--from-state <file...>", "read states: the output of terraform show -json, or state files")
    .option(
      "--from-inventory <file...>",
      "read accounts as they are: files of drift --save-inventory, or get-account-authorization-details",
    )
    .option("--live <environment>", "read the account of an environment as it is now")
    .option("--before", "of plans, the account before them and not after")
    .option("--escalations", "who comes to administrator rights, by which steps, each a decision")
    .option("--environment <name...>", "show only these environments")
    .addOption(new Option("--format <format>", "how to write it").choices([...FORMATS]).default("table"))
    .option("--output <file>", "write to a file instead of standard output")
    .option("--mask", "mask account ids and networks");
  addQuestionOptions(command);
  command.addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  iam-baseline access
  iam-baseline access --format svg --environment personal --output access.svg
  iam-baseline access --principal work --action sts:AssumeRole --resource admin
  iam-baseline access --principal daily --action 's3:*'
  iam-baseline access --live prod
  iam-baseline access --from-inventory prod.json --principal anna --action iam:CreateUser
  iam-baseline access --escalations --from-plan plan.json
  iam-baseline access --from-plan plan.json --format markdown --mask`;

async function run(
  options: Readonly<Record<string, unknown>>,
  _args: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const sources = sourcesOf(options);
  const inputs = await readSources(sources, context);
  const write = (text: string) => writeResult(text, options["output"], context);
  if (options["escalations"] === true) {
    return answerEscalations(options, sources.environments, inputs, context, write);
  }
  if (isQuestion(options)) return answer(options, sources.environments, inputs, context, write);
  const { environments } = sources;
  const report = accessReport(await withDeclared(inputs, sources, context), { environments });
  const format = String(options["format"]);
  write(formatted(options["mask"] === true ? maskPrivateIn(report) : report, format, options, context));
  return exitCodes.clean;
}

function formatted(
  report: AccessReport,
  format: string,
  options: Readonly<Record<string, unknown>>,
  { output: { columns } }: CommandContext,
): string {
  switch (format) {
    case "json":
      return formatAccessJson(report);
    case "markdown":
      return formatAccessMarkdown(report);
    case "mermaid":
      return formatAccessMermaid(report);
    case "svg":
      return formatAccessSvg(report);
    default: {
      const isTerminal = columns !== undefined && options["output"] === undefined;
      return formatAccessTable(report, {
        color: isTerminal && isColorSupported,
        ...(isTerminal && { width: columns }),
      });
    }
  }
}

function writeResult(text: string, file: unknown, context: CommandContext): void {
  const { output } = context;
  if (typeof file !== "string") {
    output.result(text);
    return;
  }
  writeOptionFile("--output", file, text, context);
  output.progress(`wrote ${file}`);
}

/** Exceptions and weaknesses stand in environments/, not in stacks: they belong to what was synthesized from there. */
async function withDeclared(
  inputs: readonly ReportInput[],
  sources: AccessSources,
  context: CommandContext,
): Promise<readonly ReportInput[]> {
  if (!isDefaultSource(sources)) return inputs;
  const declared = await declaredOf(context);
  return inputs.map((input) => ({
    ...input,
    ...("reason" in declared
      ? {
          accepted: { what: "accepted exceptions", ...declared },
          weaknesses: { what: "declared weaknesses", ...declared },
        }
      : declared.get(input.environment)),
  }));
}

async function declaredOf({
  now,
  directory,
}: CommandContext): Promise<
  ReadonlyMap<string, Pick<ReportInput, "accepted" | "weaknesses">> | Pick<NotKnown, "reason">
> {
  try {
    const { projectEnvironments } =
      require("../project-environments") as typeof import("../project-environments");
    const { declaredWeaknesses } =
      require("../../proofs/world/weaknesses") as typeof import("../../proofs/world/weaknesses");
    const environments = await projectEnvironments(now, directory);
    return new Map(
      environments.map((environment) => [
        environment.name,
        { accepted: environment.accepted, weaknesses: declaredWeaknesses(environment, environments) },
      ]),
    );
  } catch (error) {
    const [reason = ""] = reasonOf(error).split("\n");
    return { reason: `environments/ cannot be read: ${reason}` };
  }
}

function sourcesOf(options: Readonly<Record<string, unknown>>): AccessSources {
  const sources: AccessSources = {
    fromStack: texts(options["fromStack"]),
    fromPlan: texts(options["fromPlan"]),
    fromState: texts(options["fromState"]),
    fromInventory: texts(options["fromInventory"]),
    ...(typeof options["live"] === "string" && { live: options["live"] }),
    before: options["before"] === true,
    environments: texts(options["environment"]),
  };
  if (sources.before && sources.fromPlan.length === 0) {
    throw new Refusal(OPTION_CONFLICT, "--before is about plans: give --from-plan too");
  }
  const declared = sources.fromStack.length + sources.fromPlan.length + sources.fromState.length;
  if (declared > 0 && (sources.live !== undefined || sources.fromInventory.length > 0)) {
    const given = sources.live === undefined ? "--from-inventory" : "--live";
    throw new Refusal(OPTION_CONFLICT, {
      where: given,
      expected: "accounts as they are alone",
      got: "stacks, plans or states beside them",
      remedy: "ask twice: what is declared and what is there are two answers",
    });
  }
  return sources;
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
