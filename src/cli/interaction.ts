import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";

/** What a command that talks with a person needs of the outside; tests put their own in its place. */
export interface Interaction {
  /** Somebody is there to see and to answer. */
  readonly isTerminal: boolean;
  /** Asks a question and waits for a line. */
  readonly ask: (question: string) => Promise<string>;
  /** Shows something to the person at the terminal alone: never a log, never a result. */
  readonly show: (text: string) => void;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export const terminal: Interaction = {
  isTerminal: process.stdin.isTTY === true && process.stderr.isTTY === true,
  ask: async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return (await lines.question(question)).trim();
    } finally {
      lines.close();
    }
  },
  show: (text) => {
    process.stderr.write(text.endsWith("\n") || text.endsWith("\r") ? text : `${text}\n`);
  },
  now: () => new Date(),
  sleep: async (milliseconds) => {
    await wait(milliseconds);
  },
};
