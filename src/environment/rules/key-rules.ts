import type { Violation } from "../../findings/violation";
import { declaredUsers } from "../account-names";
import type { Environment } from "../environment";
import { iamPaths } from "../iam-paths";
import { keyRulesViolations } from "../key-rule-violations";
import type { RuleTarget } from "../key-rules";
import { locationOf } from "../schema-violations";
import { type EnvironmentRule, environmentFile } from "./rule";
import { unknownName } from "./unknown-name";

/** Key rules run when and on whom they say; `now` decides which daylight-saving changes lie ahead. */
export function keyRulesAreValid(now: Date): EnvironmentRule {
  return (environment) => {
    const { keyRules } = environment;
    if (keyRules === undefined) return [];
    const paths = iamPaths(environment.namespace);
    const location = locationOf(environmentFile(environment.name), ["keyRules"]);
    return [
      ...keyRulesViolations(keyRules, location, [paths.device, paths.ci], now),
      ...Object.entries(keyRules.rules).flatMap(([name, { appliesTo }]) =>
        targetViolations(environment, ["keyRules", "rules", name, "appliesTo"], appliesTo),
      ),
    ];
  };
}

function targetViolations(
  environment: Environment,
  at: readonly string[],
  target: RuleTarget,
): readonly Violation[] {
  if ("path" in target) return [];
  if ("group" in target) {
    // not the break-glass users' group: no rule reaches them
    const groups = [...Object.keys(environment.developerGroups), ...Object.keys(environment.ciGroups)];
    return unknownName(environment, [...at, "group"], "group", target.group, groups);
  }
  if ("repository" in target) {
    const repositories = Object.keys(environment.repositories);
    return unknownName(environment, [...at, "repository"], "repository", target.repository, repositories);
  }
  const users = declaredUsers(environment)
    .filter(({ kind }) => kind !== "break-glass")
    .map(({ name }) => name);
  return unknownName(environment, [...at, "user"], "user", target.user, users);
}
