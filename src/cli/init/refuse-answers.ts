import { OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import { Refusal } from "../../findings/refusal";
import { violationText } from "../../findings/violation";
import { InvalidEnvironmentsError } from "../../proofs/validate-baseline";
import type { Answers } from "./answers";

/** Which option a path of the environment's file comes from, the longest first. */
const OPTIONS: readonly (readonly [path: RegExp, option: string])[] = [
  [/: accountId$/, "--account"],
  [/: region$/, "--region"],
  [/: backend\.region$/, "--region"],
  [/: backend/, "--bucket"],
  [/: allowedNetworks/, "--network"],
  [/: devices\..*owner$/, "--owner"],
  [/: devices/, "--device"],
  [/: recovery$/, "--device"],
  [/: keyRules\.schedule\.timeZone$/, "--time-zone"],
  [/: (?:\[0\]: )?name$/, "--environment"],
];

/**
 * Runs a validation of what was answered; what it refuses is told by option, a line each.
 *
 * @throws Refusal
 */
export function byOption<T>(validate: () => T): T {
  try {
    return validate();
  } catch (error) {
    if (!(error instanceof InvalidEnvironmentsError)) throw error;
    const lines = error.violations.map(({ location, expected, got, remedy }) => {
      const option = OPTIONS.find(([path]) => path.test(location))?.[1] ?? location;
      return violationText({ location: option, expected, got, remedy });
    });
    throw new Refusal(OPTION_VALUE_INVALID, [...new Set(lines)].join("\n"), { cause: error });
  }
}

/** Two devices of one name would be one, silently. @throws Refusal */
export function refuseRepeatedDevices({ devices }: Answers): void {
  const repeated = devices.find((name, index) => devices.indexOf(name) !== index);
  if (repeated === undefined) return;
  throw new Refusal(OPTION_VALUE_INVALID, {
    where: "--device",
    expected: "a name for each device",
    got: `${JSON.stringify(repeated)} twice`,
    remedy: "leave one out, or rename it",
  });
}
