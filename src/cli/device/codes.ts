import { OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import { TERMINAL_MISSING } from "../../devices/action-refusals";
import { Refusal } from "../../findings/refusal";
import type { Interaction } from "../interaction";

/** Seconds that a code of an authenticator app holds. @see https://www.rfc-editor.org/rfc/rfc6238 */
const WINDOW_SECONDS = 30;

/**
 * Asks for codes of one MFA device. AWS takes each code once, so every further one has to be another: it waits for the
 * next and counts down.
 */
export class Codes {
  #last: { readonly code: string; readonly window: number } | undefined;

  constructor(
    private readonly talk: Interaction,
    private readonly device: string,
  ) {}

  /** @throws Refusal where nobody is there, or three answers are none */
  async next(what: string): Promise<string> {
    if (!this.talk.isTerminal) {
      throw new Refusal(
        TERMINAL_MISSING,
        "codes of an MFA device: expected somebody at a terminal, got none; run the command in one",
      );
    }
    if (this.#last !== undefined) await this.#untilAfter(this.#last.window);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const code = (await this.talk.ask(`${what} of ${this.device}: `)).replace(/\s/g, "");
      if (!/^\d{6}$/.test(code)) this.talk.show("A code has six digits.");
      else if (code === this.#last?.code)
        this.talk.show("That is the code of before: wait for the next one.");
      else {
        this.#last = { code, window: this.#window() };
        return code;
      }
    }
    throw new Refusal(
      OPTION_VALUE_INVALID,
      `code of ${this.device}: expected six digits, got none three times; begin again`,
    );
  }

  #window(): number {
    return Math.floor(this.talk.now().getTime() / 1000 / WINDOW_SECONDS);
  }

  async #untilAfter(window: number): Promise<void> {
    while (this.#window() <= window) {
      const left = WINDOW_SECONDS - (Math.floor(this.talk.now().getTime() / 1000) % WINDOW_SECONDS);
      this.talk.show(`The next code in ${String(left).padStart(2)} s \r`);
      await this.talk.sleep(1000);
    }
    this.talk.show("                        \r");
  }
}
