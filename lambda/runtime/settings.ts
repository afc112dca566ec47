import { FUNCTION_SETTINGS_INVALID } from "../../src/credentials/parse-key-rules";
import { reasonOf } from "../../src/findings/describe-error";
import { redact } from "../../src/findings/mask";
import { Refusal } from "../../src/findings/refusal";

/** The function was deployed with settings that it does not accept. The message names every one of them. */
export class InvalidSettingsError extends Refusal {
  override readonly name = "InvalidSettingsError";

  constructor(message: string) {
    super(FUNCTION_SETTINGS_INVALID, message);
  }
}

/** Reads environment variables strictly and collects what is wrong, so that one deployment corrects all of it. */
export class SettingsReader {
  private readonly problems: string[] = [];

  constructor(private readonly variables: Readonly<Record<string, string | undefined>>) {}

  /** A text of a certain form. */
  text(name: string, form: RegExp, expected: string): string {
    const value = this.variables[name] ?? "";
    if (!form.test(value)) this.refuse(name, expected);
    return value;
  }

  /** One of some words. An empty value is refused, a missing one only without `fallback`. */
  oneOf<Word extends string>(name: string, words: readonly Word[], fallback?: Word): Word | undefined {
    const value = this.variables[name];
    if (value === undefined && fallback !== undefined) return fallback;
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) this.refuse(name, words.map((each) => JSON.stringify(each)).join(" or "));
    return word;
  }

  /** Something that `read` understands; its error's message is the complaint. */
  parsed<Value>(read: () => Value): Value | undefined {
    try {
      return read();
    } catch (error) {
      this.problems.push(redact(reasonOf(error)));
      return undefined;
    }
  }

  /** @throws InvalidSettingsError when something was refused. */
  check(): void {
    if (this.problems.length === 0) return;
    throw new InvalidSettingsError(
      `the function did not start, nothing was changed: ${this.problems.join("; ")}. Correct the environment and deploy again`,
    );
  }

  private refuse(name: string, expected: string): void {
    const value = this.variables[name];
    const got = value === undefined ? "nothing" : JSON.stringify(redact(value.slice(0, 60)));
    this.problems.push(`${name}: expected ${expected}, got ${got}`);
  }
}
