/** Where a command writes: results to standard output, progress and errors to standard error. */
export interface CommandOutput {
  readonly result: (text: string) => void;
  readonly progress: (text: string) => void;
  /** Width of the terminal in columns; undefined where the output is no terminal. */
  readonly columns: number | undefined;
  /**
   * Writes one line of standard error that the next one takes the place of; an empty text takes it away. Absent where
   * standard error is no terminal.
   */
  readonly status?: ((line: string) => void) | undefined;
}

export const processOutput: CommandOutput = outputTo(process.stdout, process.stderr);

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

const CLEAR_LINE = "\r\u001b[2K";

/** Output to two streams; a status line is taken away before anything else is written. */
export function outputTo(out: Stream, err: Stream): CommandOutput {
  let hasStatus = false;
  const withoutStatus = (write: () => void) => {
    if (hasStatus) err.write(CLEAR_LINE);
    hasStatus = false;
    write();
  };
  const line = (text: string) => (text.endsWith("\n") ? text : `${text}\n`);
  const status = (text: string) => {
    // a line that wraps could not be taken away
    const shown = text.slice(0, Math.max(1, (err.columns ?? 80) - 1));
    withoutStatus(() => err.write(shown));
    hasStatus = shown !== "";
  };
  return {
    result: (text) => withoutStatus(() => out.write(line(text))),
    progress: (text) => withoutStatus(() => err.write(line(text))),
    columns: out.columns,
    ...(err.isTTY === true && { status }),
  };
}
