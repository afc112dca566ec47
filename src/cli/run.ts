import { Command, CommanderError } from "commander";
import { AWS_CALL_FAILED } from "../aws/sdk-error";
import { COMMAND_LINE_INVALID, OPTION_VALUE_INVALID } from "../catalogue/commands/option-refusals";
import { redact } from "../findings/mask";
import { printable } from "../findings/printable";
import { formatRefusal, Refusal } from "../findings/refusal";
import type { CommandContext, CommandEntry } from "./command";
import { type CommandOutput, processOutput } from "./command-output";
import { commands } from "./commands";
import { type ExitCode, exitCodes } from "./exit-codes";
import { packageManifest } from "./package-manifest";

/** What tests and embedders may put in place of the process. */
export type RunSettings = Partial<Omit<CommandContext, "output">> & {
  readonly commands?: readonly CommandEntry[];
};

/**
 * Runs one command of the command line.
 *
 * Results go to `output.result`, everything else to `output.progress`. Never throws: what goes wrong is one message
 * and exit code 1. With `--debug` the stack of an error is shown too.
 *
 * @param argv arguments without the name of the program: `["access", "--format", "json"]`
 */
export async function run(
  argv: readonly string[],
  output: CommandOutput = processOutput,
  settings: RunSettings = {},
): Promise<ExitCode> {
  const masked: CommandOutput = {
    ...output,
    result: (text) => output.result(redact(text)),
    progress: (text) => output.progress(redact(text)),
    ...(output.status !== undefined && { status: (line) => output.status?.(redact(printable(line))) }),
  };
  const context: CommandContext = {
    output: masked,
    directory: settings.directory ?? process.cwd(),
    environmentVariables: settings.environmentVariables ?? process.env,
    now: settings.now ?? new Date(),
    version: settings.version ?? packageManifest().version,
    ...(settings.interaction && { interaction: settings.interaction }),
  };
  try {
    return await dispatch(argv, context, settings.commands ?? commands);
  } catch (error) {
    masked.status?.("");
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.error;
    masked.progress(errorText(error, argv.includes("--debug")));
    return exitCodes.error;
  }
}

async function dispatch(
  argv: readonly string[],
  context: CommandContext,
  entries: readonly CommandEntry[],
): Promise<ExitCode> {
  const { output } = context;
  let code: ExitCode = exitCodes.clean;
  const program = new Command("iam-baseline")
    .description("A baseline for AWS IAM: who can do what, what a change means, what drifted.")
    .version(context.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .option("--debug", "show the stack of an error")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.result(text),
      writeErr: (text) => output.progress(text),
      outputError: (text, write) => write(printableLines(asCommandLine(text))),
      getOutHelpWidth: () => output.columns ?? 100,
      getErrHelpWidth: () => output.columns ?? 100,
    })
    .addHelpText("after", EXIT_CODES);
  const used = argv.filter((argument) => !argument.startsWith("-"));
  for (const entry of entries) {
    const command = program.command(entry.name).summary(entry.summary).description(entry.summary);
    command.helpOption("-h, --help", "print help");
    // only the module of the command that is used is loaded, and of the one that help is asked for
    if (used[0] !== entry.name && !(used[0] === "help" && used[1] === entry.name)) continue;
    const loaded = await entry.load();
    loaded.configure(command);
    command.option("--debug", "show the stack of an error");
    command.action(async () => {
      refuseEmptyValues(command);
      code = await loaded.run(command.opts(), command.args, context);
    });
  }
  await program.parseAsync([...argv], { from: "user" });
  return code;
}

const EXIT_CODES = `
Exit codes: 0 nothing to report, 1 could not tell (an error), 2 there are findings.
Results go to standard output, progress and errors to standard error.`;

/** Errors of these classes are mistakes in this program: they are told apart, as nobody can put them right by input. */
const OWN_MISTAKES: ReadonlySet<string> = new Set([
  "TypeError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "Error",
]);

function errorText(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `error: ${printableLines(String(error))}`;
  const isSystem = "code" in error && typeof error.code === "string";
  const isMistake = OWN_MISTAKES.has(error.name) && !isSystem;
  const message = printableLines(withCode(error));
  if (debug) return `${message}\n${printableLines(error.stack ?? "")}${causes(error)}`;
  return isMistake ? `${message}\n(unexpected: please report it; --debug shows where)` : message;
}

function withCode(error: Error): string {
  if (error instanceof Refusal) return formatRefusal(error);
  // an exception of the AWS SDK says whose fault it was
  if ("$fault" in error) return `error[${AWS_CALL_FAILED.code}]: ${error.name}: ${error.message}`;
  return `error: ${error.message}`;
}

/** Commander words what is wrong with a command line by itself; its proposal joins the one line. */
function asCommandLine(text: string): string {
  const line = text
    .replace(/^error:/, `error[${COMMAND_LINE_INVALID.code}]:`)
    .replace(/\n\(Did you mean (.+?)\?\)/s, (_whole, proposal: string) => `; did you mean ${proposal}?`);
  return /[;]|Allowed choices/.test(line)
    ? line
    : line.replace(/\.?(\s*)$/, "; --help tells what there is$1");
}

/** `device config --prefix ""` gives profiles their names without one. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(["--prefix"]);

/** An option whose value is empty, as an unset variable leaves it, would be taken for something else or for nothing. */
function refuseEmptyValues(command: Command): void {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    const isEmpty = (Array.isArray(value) ? value : [value]).some((one) => one === "");
    if (!isEmpty || option.isBoolean() || MAY_BE_EMPTY.has(option.long ?? "")) continue;
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: option.long ?? option.flags,
      expected: "a value",
      got: "an empty one",
      remedy: `write ${option.flags}, or leave the option out`,
    });
  }
}

function causes(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return "";
  return `\ncaused by: ${printableLines(cause.stack ?? cause.message)}${causes(cause)}`;
}

/** Messages quote what others wrote: nothing of it may steer the terminal. */
function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
