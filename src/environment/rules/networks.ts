import type { Violation } from "../../findings/violation";
import type { Environment } from "../environment";
import { networkProblem } from "../networks";
import { type EnvironmentRule, violationAt } from "./rule";

/** Allowed networks are public, real restrictions, and there is at least one. */
export const networksRestrict: EnvironmentRule = (environment) => [
  ...listViolations(environment, ["allowedNetworks"], environment.allowedNetworks),
  ...Object.entries(environment.ciGroups).flatMap(([name, { allowedNetworks }]) =>
    allowedNetworks === undefined
      ? []
      : listViolations(environment, ["ciGroups", name, "allowedNetworks"], allowedNetworks),
  ),
];

function listViolations(
  environment: Environment,
  at: readonly string[],
  networks: readonly string[],
): readonly Violation[] {
  if (networks.length === 0) {
    return [
      violationAt(environment, at, {
        expected: "at least one network",
        got: "an empty list",
        remedy: "list the public networks that you reach AWS from, such as 203.0.113.0/24",
      }),
    ];
  }
  return networks.flatMap((network, index) => {
    const problem = networkProblem(network);
    return problem === undefined
      ? []
      : [violationAt(environment, [...at, index], { ...problem, got: JSON.stringify(network) })];
  });
}
