import ipaddr from "ipaddr.js";
import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import type { Environment } from "../environment";
import { type EnvironmentRule, violationAt } from "./rule";

export const LIST_REPEATED = defineRefusal({
  code: "list-repeated",
  title: "A list names something twice",
  why: "The second adds nothing; most often another name was meant, which is then missing.",
  example:
    'environments/prod.ts: devices.laptop.roles[1]: each entry once, got "daily" again; remove it, or write what is meant in its place [list-repeated]',
  remedy: "Remove the second, or write what is meant in its place.",
  since: "0.2.0",
});

/** No list of an environment holds an entry twice. */
export const nothingIsRepeated: EnvironmentRule = (environment) =>
  lists(environment).flatMap(({ at, entries }) => repeated(environment, at, entries));

interface List {
  readonly at: readonly PropertyKey[];
  readonly entries: readonly string[];
}

function lists(environment: Environment): readonly List[] {
  const { devices, breakGlass, repositories, ciGroups, roles, keyRules, accepted } = environment;
  const of = <Entry>(
    section: string,
    record: Readonly<Record<string, Entry>>,
    keys: readonly (readonly [
      path: readonly string[],
      list: (entry: Entry) => readonly string[] | undefined,
    ])[],
  ) =>
    Object.entries(record).flatMap(([name, entry]) =>
      keys.map(([path, list]) => ({ at: [section, name, ...path], entries: list(entry) ?? [] })),
    );
  return [
    { at: ["allowedNetworks"], entries: environment.allowedNetworks.map(sameNetwork) },
    { at: ["allowedVpcs"], entries: environment.allowedVpcs },
    ...of("devices", devices, [
      [["groups"], ({ groups }) => groups],
      [["roles"], (device) => device.roles],
    ]),
    ...of("breakGlass", breakGlass, [[["roles"], (user) => user.roles]]),
    ...of("repositories", repositories, [[["groups"], ({ groups }) => groups]]),
    ...of("ciGroups", ciGroups, [
      [["allowedNetworks"], ({ allowedNetworks }) => allowedNetworks?.map(sameNetwork)],
    ]),
    ...of("roles", roles, [
      [["trust", "externalUsers"], ({ trust }) => trust.externalUsers],
      [["service", "sourceArns"], ({ service }) => service?.sourceArns],
    ]),
    { at: ["keyRules", "notifications", "emails"], entries: keyRules?.notifications.emails ?? [] },
    { at: ["keyRules", "exemptPaths"], entries: keyRules?.exemptPaths ?? [] },
    { at: ["accepted"], entries: accepted.map(({ finding, subject }) => `${finding} of ${subject}`) },
  ];
}

function repeated(
  environment: Environment,
  at: readonly PropertyKey[],
  entries: readonly string[],
): readonly Violation[] {
  return entries.flatMap((entry, index) =>
    entries.indexOf(entry) === index
      ? []
      : [
          violationAt(environment, [...at, index], LIST_REPEATED, {
            expected: "each entry once",
            got: `${JSON.stringify(entry)} again`,
            remedy: "remove it, or write what is meant in its place",
          }),
        ],
  );
}

/** One network is written in several ways: `2001:DB8::/32`. */
function sameNetwork(network: string): string {
  try {
    const [address, prefix] = ipaddr.parseCIDR(network);
    return `${address.toString()}/${prefix}`;
  } catch {
    return network;
  }
}
