import type { Command } from "commander";
import type { CommandOutput } from "./command-output";
import type { ExitCode } from "./exit-codes";
import type { Interaction } from "./interaction";

/** What a command gets from the outside; nothing else is read from the process. */
export interface CommandContext {
  readonly output: CommandOutput;
  /** Folder that relative paths start from. */
  readonly directory: string;
  readonly environmentVariables: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  /** Version of this package. */
  readonly version: string;
  /** The person at the terminal, for the few commands that talk with one. @default the terminal of the process */
  readonly interaction?: Interaction;
}

/** A command's module: arguments and options, and what it does. */
export interface CommandModule {
  /** Adds arguments, options and examples to a command that already has its name and summary. */
  readonly configure: (command: Command) => void;
  /**
   * @param options as commander reads them
   * @param args positional arguments
   * @throws Refusal, or another error whose message tells what to do
   */
  readonly run: (
    options: Readonly<Record<string, unknown>>,
    args: readonly string[],
    context: CommandContext,
  ) => Promise<ExitCode>;
}

/** A command as the registry lists it. Its module is loaded only when the command is used. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}
