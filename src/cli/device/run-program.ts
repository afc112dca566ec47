import { spawn } from "node:child_process";
import { PROGRAM_MISSING } from "../../devices/action-refusals";
import { Refusal } from "../../findings/refusal";

export interface ProgramRun {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Variables of the child alone: secrets stand here, never among the arguments, which every process can read. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly directory: string;
  /** Through the shell, for a line that a person wrote. @default false */
  readonly shell?: boolean;
}

export interface ProgramEnd {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs a program to its end. What it prints to standard error a person sees (it may ask for a passphrase there);
 * standard output comes back and is shown to nobody.
 *
 * @throws Refusal where there is no such program
 */
export function runProgram(command: string, args: readonly string[], run: ProgramRun): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: run.directory,
      env: { ...run.variables, ...run.secrets },
      stdio: [run.input === undefined ? "inherit" : "pipe", "pipe", "inherit"],
      shell: run.shell ?? false,
    });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "ENOENT" ? "none on the PATH" : error.message;
      reject(
        new Refusal(
          PROGRAM_MISSING,
          `${command}: expected the program, got ${reason}; install it, or hand over another way with --to`,
          {
            cause: error,
          },
        ),
      );
    });
    // a program that ends without reading its input is told by its exit code
    child.stdin?.on("error", () => {});
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
    if (run.input !== undefined) child.stdin?.end(run.input);
  });
}
