import type { Answer } from "./inventory";
import { describeError } from "./sdk-error";

/** The answer to a question, or the reason why there is none. */
export async function answered<T>(call: string, question: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await question() };
  } catch (error) {
    return { notChecked: `${call}: ${describeError(error)}` };
  }
}
