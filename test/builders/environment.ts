import { local } from "../../src/environment/backend";
import type { EnvironmentInput } from "../../src/environment/environment";
import { allow } from "../../src/environment/policy-statement";
import { validateEnvironments } from "../../src/environment/validate-environments";
import type { Violation } from "../../src/findings/violation";

type Entry<K extends "devices" | "ciGroups" | "roles"> = NonNullable<EnvironmentInput[K]>[string];

/** When the tests validate: the clock is never read. */
export const NOW = new Date("2026-11-23T12:00:00Z");

/** A valid environment: one device, one repository, one role. A test writes only the difference. */
export function environment(difference: Partial<EnvironmentInput> = {}): EnvironmentInput {
  return {
    name: "prod",
    accountId: "111122223333",
    region: "eu-central-1",
    backend: local(),
    allowedNetworks: ["203.0.113.0/24"],
    devices: { laptop: device() },
    ciGroups: { deployers: ciGroup() },
    repositories: { "octo/website": { groups: ["deployers"] } },
    roles: { daily: role() },
    ...difference,
  };
}

/** A device of anna's that may assume `daily`. */
export function device(difference: Partial<Entry<"devices">> = {}): Entry<"devices"> {
  return { owner: "anna", roles: ["daily"], ...difference };
}

export function role(difference: Partial<Entry<"roles">> = {}): Entry<"roles"> {
  return { statements: [allow("s3:ListAllMyBuckets", "*")], ...difference };
}

export function ciGroup(difference: Partial<Entry<"ciGroups">> = {}): Entry<"ciGroups"> {
  return { statements: [allow("s3:PutObject", "arn:${partition}:s3:::octo-website/*")], ...difference };
}

/** The valid environment, with one role that differs. */
export function withRole(difference: Partial<Entry<"roles">>): EnvironmentInput {
  return environment({ roles: { daily: role(difference) } });
}

/** The valid environment, with one device that differs. */
export function withDevice(
  difference: Partial<Entry<"devices">>,
  rest: Partial<EnvironmentInput> = {},
): EnvironmentInput {
  return environment({ devices: { laptop: device(difference) }, ...rest });
}

/** A record of `count` entries called `<prefix>1`, `<prefix>2`, ... */
export function many<T>(count: number, prefix: string, value: T): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index + 1}`, value]));
}

/** Everything that the validation says of these environments, together. */
export function codedViolationsOf(...inputs: readonly EnvironmentInput[]): readonly Violation[] {
  const validation = validateEnvironments(inputs, NOW);
  return validation.valid ? [] : validation.violations;
}

/** The words of the violations; that each has its code is for `test/catalogue`. */
export function violationsOf(...inputs: readonly EnvironmentInput[]): readonly Omit<Violation, "code">[] {
  return codedViolationsOf(...inputs).map(({ code: _code, ...words }) => words);
}

/** Where the violations are. */
export function locationsOf(...inputs: readonly EnvironmentInput[]): readonly string[] {
  return violationsOf(...inputs).map(({ location }) => location);
}
