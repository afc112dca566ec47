import { defineRefusal } from "../../findings/refusal";
import { scheduleViolations } from "../schedule-violations";
import { locationOf } from "../schema-violations";
import { type EnvironmentRule, environmentFile, violationAt } from "./rule";
import { unknownName } from "./unknown-name";

export const RESPONSE_WITHOUT_DETECTION = defineRefusal({
  code: "response-without-detection",
  title: "An environment responds to what it does not detect",
  why: "The response acts on events of the detection stack: without it, nothing ever calls the function.",
  example:
    "environments/prod.ts: respond: a response beside the detection that calls it, got respond without detection; add detection, or remove respond [response-without-detection]",
  remedy: "Add `detection` with a trail, or leave `respond` out.",
  since: "0.2.0",
});

/** Detection runs when it says, names roles that there are, and is there where somebody responds to it. */
export function detectionIsValid(now: Date): EnvironmentRule {
  return (environment) => {
    const { detection, respond, roles } = environment;
    if (detection === undefined) {
      if (respond === undefined) return [];
      return [
        violationAt(environment, ["respond"], RESPONSE_WITHOUT_DETECTION, {
          expected: "a response beside the detection that calls it",
          got: "respond without detection",
          remedy: "add detection, or remove respond",
        }),
      ];
    }
    const location = locationOf(environmentFile(environment.name), ["detection", "digest"]);
    return [
      ...scheduleViolations(detection.digest, location, now),
      ...detection.deploymentRoles.flatMap((role, index) =>
        role.startsWith("arn:")
          ? []
          : unknownName(
              environment,
              ["detection", "deploymentRoles", index],
              "role",
              role,
              Object.keys(roles),
            ),
      ),
    ];
  };
}
