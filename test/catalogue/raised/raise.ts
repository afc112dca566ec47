import { formatRefusal, Refusal } from "../../../src/findings/refusal";
import { formatViolation, type Violation } from "../../../src/findings/violation";

/** What is printed when it is refused: a whole error, or the line of a violation. */
export type Raised = () => string | Promise<string>;

/** What an action refuses, as a command prints it. */
export async function printed(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof Refusal) return formatRefusal(error);
    throw error;
  }
  throw new Error("nothing was refused");
}

/** The first violation, as it stands in a list. */
export function firstLine(violations: readonly Violation[]): string {
  return violations.slice(0, 1).map(formatViolation).join("");
}
