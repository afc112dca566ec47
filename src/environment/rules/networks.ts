import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import type { Environment } from "../environment";
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
      violationAt(environment, at, NETWORKS_MISSING, {
        expected: "at least one network",
        got: "an empty list",
        remedy: "list the public networks that you reach AWS from, such as 203.0.113.0/24",
      }),
    ];
  }
  return networks.flatMap((network, index) => {
    const problem = networkProblem(network);
    if (problem === undefined) return [];
    const { refusal, ...words } = problem;
    return [violationAt(environment, [...at, index], refusal, { ...words, got: JSON.stringify(network) })];
  });
}
