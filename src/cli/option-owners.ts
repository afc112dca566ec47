import { OPTION_CONFLICT } from "../catalogue/commands/option-refusals";
import { Refusal } from "../findings/refusal";

/**
 * Refuses options that another action of the same command takes: left alone they would do nothing, silently.
 *
 * @param owners actions that take an option, by the option as commander names it
 * @throws Refusal
 */
export function refuseForeignOptions(
  command: string,
  action: string,
  options: Readonly<Record<string, unknown>>,
  owners: Readonly<Record<string, readonly string[]>>,
): void {
  for (const [option, actions] of Object.entries(owners)) {
    if (options[option] === undefined || actions.includes(action)) continue;
    const flag = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new Refusal(
      OPTION_CONFLICT,
      `--${flag}: expected with ${command} ${actions.join(" or ")}, got it with ${command} ${action}; leave it out`,
    );
  }
}
