import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import type { Environment } from "../environment";
import { MOST_OF_ALL_ADDRESSES, networkShares, percent } from "../network-share";
import { networkProblem } from "../networks";
import { type EnvironmentRule, violationAt } from "./rule";

export const NETWORKS_MISSING = defineRefusal({
  code: "networks-missing",
  title: "A list of allowed networks is empty",
  why: "An empty list would deny everybody or restrict nobody, depending on where it ends up; neither is meant.",
  example:
    "environments/prod.ts: allowedNetworks: at least one network, got an empty list; list the public networks that you reach AWS from, such as 203.0.113.0/24 [networks-missing]",
  remedy:
    "List the public networks that you reach AWS from; of a CI group, leave the key out to restrict nothing.",
  since: "0.1.0",
});

export const NETWORKS_COVER_TOO_MUCH = defineRefusal({
  code: "networks-cover-too-much",
  title: "Allowed networks cover together so much of the Internet that they restrict nobody",
  why: "Each may be narrow enough, and their sum contain everybody: 84 networks of /8 are a third of all IPv4 addresses.",
  example:
    "environments/prod.ts: allowedNetworks: networks that hold together at most 3.1 % of all public IPv4 addresses, got 84 that hold 33 %; list the networks that you really use [networks-cover-too-much]",
  remedy: "List the networks that you really use.",
  since: "0.2.0",
});

/** Allowed networks are public, real restrictions, and there is at least one. */
export const networksRestrict: EnvironmentRule = (environment) => [
  ...(environment.allowedNetworks.length === 0 && onlyTakesOver(environment)
    ? []
    : listViolations(environment, ["allowedNetworks"], environment.allowedNetworks)),
  ...Object.entries(environment.ciGroups).flatMap(([name, { allowedNetworks }]) =>
    allowedNetworks === undefined
      ? []
      : listViolations(environment, ["ciGroups", name, "allowedNetworks"], allowedNetworks),
  ),
];

/** Nothing of an environment asks for a network that holds only what the account had before. */
function onlyTakesOver({ existing, devices, breakGlass, developerGroups, roles }: Environment): boolean {
  const isEmpty = (record: object) => Object.keys(record).length === 0;
  return (
    !Object.values(existing).every(isEmpty) && [devices, breakGlass, developerGroups, roles].every(isEmpty)
  );
}

function listViolations(
  environment: Environment,
  at: readonly string[],
  networks: readonly string[],
): readonly Violation[] {
  if (networks.length === 0) {
    return [
      violationAt(environment, at, NETWORKS_MISSING, {
        expected: "at least one network",
        got: "an empty list",
        remedy: "list the public networks that you reach AWS from, such as 203.0.113.0/24",
      }),
    ];
  }
  const each = networks.flatMap((network, index) => {
    const problem = networkProblem(network);
    if (problem === undefined) return [];
    const { refusal, ...words } = problem;
    return [violationAt(environment, [...at, index], refusal, { ...words, got: JSON.stringify(network) })];
  });
  return each.length > 0 ? each : together(environment, at, networks);
}

/** Networks each of which is narrow enough can still hold everybody together. */
function together(
  environment: Environment,
  at: readonly string[],
  networks: readonly string[],
): readonly Violation[] {
  return networkShares(networks)
    .filter(({ family, share }) => share > MOST_OF_ALL_ADDRESSES[family])
    .map(({ family, share }) =>
      violationAt(environment, at, NETWORKS_COVER_TOO_MUCH, {
        expected: `networks that hold together at most ${percent(MOST_OF_ALL_ADDRESSES[family])} of all public ${family === "ipv4" ? "IPv4" : "IPv6"} addresses`,
        got: `${networks.filter((network) => network.includes(":") === (family === "ipv6")).length} that hold ${percent(share)}`,
        remedy: "list the networks that you really use",
      }),
    );
}
