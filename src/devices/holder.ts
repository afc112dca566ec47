import type { Environment } from "../environment/environment";
import { nearestName } from "../findings/nearest-name";
import { defineRefusal, Refusal } from "../findings/refusal";

/** An IAM user of a person: a device, or the break-glass user of the day when everything else is locked. */
export interface Holder {
  readonly environment: Environment;
  /** IAM user name. */
  readonly name: string;
  readonly kind: "device" | "break-glass";
  readonly owner: string;
  /** Roles as the environment writes them: `daily`, `team-prod/admin`. */
  readonly roles: readonly string[];
}

export const DEVICE_UNKNOWN = defineRefusal({
  code: "device-unknown",
  title: "No environment declares that device",
  why: "Profiles, keys and MFA devices belong to a user that an environment declares; for any other name there is nothing to write or to do.",
  example:
    'device config wrok: expected a device that an environment declares, got "wrok"; did you mean "work"?',
  remedy: "Write the name as it stands under `devices`, or add the device and deploy first.",
  since: "0.2.0",
});

export const DEVICE_AMBIGUOUS = defineRefusal({
  code: "device-ambiguous",
  title: "Several environments declare a device of that name",
  why: "Each of them has a user, keys and an MFA device of its own.",
  example:
    "device config work: expected one device of that name, got those of dev and prod; say which with --environment",
  remedy: "Name the environment with `--environment`.",
  since: "0.2.0",
});

/** Every device and break-glass user of some environments, in their order. */
export function holdersOf(all: readonly Environment[]): readonly Holder[] {
  return all.flatMap((environment) => [
    ...Object.entries(environment.devices).map(
      ([name, { owner, roles }]): Holder => ({ environment, name, kind: "device", owner, roles }),
    ),
    ...Object.entries(environment.breakGlass).map(
      ([name, { owner, roles }]): Holder => ({ environment, name, kind: "break-glass", owner, roles }),
    ),
  ]);
}

/**
 * The device that a command means.
 *
 * @param where the command, for messages: `device config`
 * @param environmentName whose device, where several environments declare the name
 * @throws Refusal where none or several have the name
 */
export function holderNamed(
  all: readonly Environment[],
  name: string,
  environmentName: string | undefined,
  where: string,
): Holder {
  const isThere = environmentName === undefined || all.some((one) => one.name === environmentName);
  if (!isThere) {
    const names = all.map((one) => one.name);
    throw new Refusal(DEVICE_UNKNOWN, {
      where: `${where}: --environment`,
      expected: `an environment that environments/index.ts lists (${names.join(", ")})`,
      got: JSON.stringify(environmentName),
      remedy: `did you mean ${nearestName(environmentName ?? "", names) ?? names[0] ?? "another"}?`,
    });
  }
  const holders = holdersOf(all).filter(
    ({ environment }) => environmentName === undefined || environment.name === environmentName,
  );
  const [first, ...rest] = holders.filter((holder) => holder.name === name);
  if (first === undefined) {
    const near = nearestName(
      name,
      holders.map((holder) => holder.name),
    );
    const place = environmentName === undefined ? "an environment declares" : `${environmentName} declares`;
    throw new Refusal(DEVICE_UNKNOWN, {
      where: `${where} ${JSON.stringify(name).slice(1, -1)}`,
      expected: `a device that ${place}`,
      got: JSON.stringify(name),
      remedy: near === undefined ? "declare it under devices and deploy first" : `did you mean "${near}"?`,
    });
  }
  if (rest.length > 0) {
    throw new Refusal(DEVICE_AMBIGUOUS, {
      where: `${where} ${name}`,
      expected: "one device of that name",
      got: `those of ${[first, ...rest].map(({ environment }) => environment.name).join(" and ")}`,
      remedy: "say which with --environment",
    });
  }
  return first;
}
