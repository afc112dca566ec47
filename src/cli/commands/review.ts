import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { isColorSupported } from "picocolors";
import { OPTION_CONFLICT } from "../../catalogue/commands/option-refusals";
import type { Acceptance } from "../../findings/acceptance";
import { exitCodeOf } from "../../findings/finding";
import { Refusal } from "../../findings/refusal";
import { SEVERITIES, type Severity } from "../../findings/severity";
import { environmentFromPlan } from "../../review/environment-from-plan";
import { environmentsFromStacks } from "../../review/environments-from-stacks";
import { formatReviewJson } from "../../review/format/json";
import { formatReviewMarkdown } from "../../review/format/markdown";
import { findingReport, shownReport } from "../../review/format/shown-report";
import { formatReviewTerminal } from "../../review/format/terminal";
import { reviewEnvironments } from "../../review/review";
import { type ReviewReport, reviewReport } from "../../review/review-report";
import type { ReviewedEnvironment } from "../../review/reviewed-environment";
import type { CommandContext, CommandModule } from "../command";
import type { ExitCode } from "../exit-codes";
import { sarifOf } from "../finding-output";
import { readJsonFile } from "../input-file";
import { tellOfLongFiles } from "../long-files";
import { writeOptionFile } from "../option-file";
import { projectAcceptances, readAcceptances } from "./review-acceptances";

/** `iam-baseline review`: what a pull request or a plan changes, in terms of access. */
export const command: CommandModule = { configure, run };

const FORMATS = ["table", "json", "markdown", "sarif"] as const;

function configure(command: Command): void {
  command
    .description("What a change means for access: of two synthesized outdirs, or of plans.")
    .option("--base <dir>", "outdir of cdktf synth before the change")
    .option("--head <dir>", "outdir of cdktf synth with the change")
    .option(
      "--plan <file...>",
      "plans instead: the output of terraform show -json PLANFILE, - for standard input",
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 2 from this severity on")
        .choices([...SEVERITIES])
        .default("low"),
    )
    .addOption(new Option("--format <format>", "how to write it").choices([...FORMATS]).default("table"))
    .option("--output <file>", "write to a file instead of standard output")
    .option("--summary <file>", "append Markdown to a file, too: GitHub's $GITHUB_STEP_SUMMARY")
    .option("--mask", "mask account ids, networks and e-mail addresses")
    .option("--accepted <file>", "exceptions as JSON: [{environment?, finding, subject, reason, expires}]")
    .option(
      "--project <dir>",
      "project whose environments hold accepted exceptions: use the base, not the change",
    )
    .addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  iam-baseline review --base ../main/cdktf.out --head cdktf.out
  iam-baseline review --plan plan.json --format markdown --mask
  iam-baseline review --plan a.json b.json --fail-on high --format sarif --output review.sarif

Exit codes: 0 nothing of --fail-on or worse, 1 could not tell, 2 findings. Less access is told and never counts.`;

async function run(
  options: Readonly<Record<string, unknown>>,
  _args: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const reviewed = readEnvironments(options, context);
  const { acceptances, notChecked } = await acceptedExceptions(options, reviewed, context);
  const reviews = reviewEnvironments(reviewed);
  const report = reviewReport({ reviewed, reviews, acceptances, notChecked, now: context.now });
  const text = formatted(report, options, context);
  const { output, summary } = options;
  const disclosure = { mask: options["mask"] === true };
  if (typeof summary === "string") {
    writeOptionFile("--summary", summary, formatReviewMarkdown(report, disclosure), context, { flag: "a" });
  }
  if (typeof output === "string") writeOptionFile("--output", output, text, context);
  else context.output.result(text);
  return exitCodeOf(findingReport(report), options["failOn"] as Severity);
}

function formatted(
  report: ReviewReport,
  options: Readonly<Record<string, unknown>>,
  context: CommandContext,
): string {
  const { columns } = context.output;
  const disclosure = { mask: options["mask"] === true };
  switch (options["format"]) {
    case "json":
      return formatReviewJson(report, disclosure);
    case "markdown":
      return formatReviewMarkdown(report, disclosure);
    case "sarif":
      return sarifOf(
        findingReport(shownReport(report, disclosure)),
        "review",
        { showAccountIds: true },
        context,
      );
    default: {
      const isTerminal = columns !== undefined && typeof options["output"] !== "string";
      return formatReviewTerminal(report, { ...disclosure, color: isTerminal && isColorSupported });
    }
  }
}

function readEnvironments(
  { base, head, plan }: Readonly<Record<string, unknown>>,
  context: CommandContext,
): readonly ReviewedEnvironment[] {
  const { directory } = context;
  const plans = Array.isArray(plan) ? plan.map(String) : [];
  const hasOutdirs = typeof base === "string" && typeof head === "string";
  if (hasOutdirs === plans.length > 0 || (!hasOutdirs && (base ?? head) !== undefined)) {
    throw new Refusal(OPTION_CONFLICT, {
      where: "review",
      expected: "--base DIR and --head DIR, or --plan FILE",
      got: "another choice",
      remedy: "see review --help",
    });
  }
  tellOfLongFiles("reviewing", hasOutdirs ? [base, head] : plans, context);
  if (hasOutdirs) return environmentsFromStacks(resolve(directory, base), resolve(directory, head));
  const read = plans.map((file) =>
    environmentFromPlan(readJsonFile(file, { directory }, "a plan"), { file }),
  );
  return uniquelyNamed(read);
}

/** Several plans of one environment are its stacks: told apart by their files. */
function uniquelyNamed(read: readonly ReviewedEnvironment[]): readonly ReviewedEnvironment[] {
  return read.map((one, index) => {
    const isTaken = read.some((other, at) => at !== index && other.environment === one.environment);
    const file = one.sources[0]?.file ?? String(index);
    return isTaken ? { ...one, environment: `${one.environment} (${file})` } : one;
  });
}

async function acceptedExceptions(
  { accepted, project }: Readonly<Record<string, unknown>>,
  reviewed: readonly ReviewedEnvironment[],
  { directory, now }: CommandContext,
): Promise<{
  readonly acceptances: ReadonlyMap<string, readonly Acceptance[]>;
  readonly notChecked: readonly string[];
}> {
  const names = reviewed.map(({ environment }) => environment);
  if (typeof accepted === "string") {
    return { acceptances: readAcceptances(resolve(directory, accepted), names), notChecked: [] };
  }
  if (typeof project === "string") {
    return { acceptances: await projectAcceptances(resolve(directory, project), now), notChecked: [] };
  }
  return { acceptances: new Map(), notChecked: [] };
}
