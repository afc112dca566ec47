/** Where a command writes: results to standard output, progress and errors to standard error. */
export interface CommandOutput {
  readonly result: (text: string) => void;
  readonly progress: (text: string) => void;
  /** Width of the terminal in columns; undefined where the output is no terminal. */
  readonly columns: number | undefined;
}

export const processOutput: CommandOutput = {
  result: (text) => process.stdout.write(text.endsWith("\n") ? text : `${text}\n`),
  progress: (text) => process.stderr.write(text.endsWith("\n") ? text : `${text}\n`),
  columns: process.stdout.columns,
};
