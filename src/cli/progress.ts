import type { CommandOutput } from "./command-output";

/** Says on standard error what a command is doing, where that takes longer than a moment. */
export interface Progress {
  /** Something that takes a while begins: `planning prod-identity (1 of 3)`. */
  step(text: string): void;
  /** How far it is: `credentials of 40 of 1000 users`. */
  detail(text: string): void;
  /** All is done; nothing of it stays on the screen. */
  end(): void;
}

export interface ProgressSettings {
  /** Milliseconds. @default the process's clock */
  readonly clock?: () => number;
}

/** In a log, a step that takes long says so again after so long. */
const LOG_INTERVAL_MS = 10_000;
/** In a terminal, more than that nobody can read. */
const REDRAW_INTERVAL_MS = 100;

/**
 * In a terminal one line that is rewritten; in CI a line for each step, and one every ten seconds for a step that goes
 * on.
 */
export function progressOf(
  output: Pick<CommandOutput, "progress" | "status">,
  { clock = () => performance.now() }: ProgressSettings = {},
): Progress {
  const { progress, status } = output;
  let step = "";
  let startedAt = 0;
  let shownAt = 0;
  const seconds = () => Math.round((clock() - startedAt) / 1000);
  return {
    step(text) {
      step = text;
      startedAt = clock();
      shownAt = startedAt;
      if (status === undefined) progress(text);
      else status(text);
    },
    detail(text) {
      const interval = status === undefined ? LOG_INTERVAL_MS : REDRAW_INTERVAL_MS;
      if (clock() - shownAt < interval) return;
      shownAt = clock();
      const line = `${step}: ${text}${seconds() > 0 ? ` (${seconds()} s)` : ""}`;
      if (status === undefined) progress(line);
      else status(line);
    },
    end() {
      status?.("");
    },
  };
}

/** Longer than this somebody would wonder whether anything happens. */
const PATIENCE_MS = 1_000;

/**
 * Does something that is often over at once, and tells what it is from the second on in which it is not: in a terminal with
 * the seconds, in CI one line, and one every ten seconds.
 */
export async function whileTelling<T>(
  output: Pick<CommandOutput, "progress" | "status">,
  text: string,
  work: () => Promise<T>,
): Promise<T> {
  let progress: Progress | undefined;
  const beat = setInterval(() => {
    if (progress === undefined) {
      progress = progressOf(output);
      progress.step(text);
    } else progress.detail("still waiting");
  }, PATIENCE_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    progress?.end();
  }
}
