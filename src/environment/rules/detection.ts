import { defineRefusal } from "../../findings/refusal";
import { sessionsTellTheirUser } from "../human-roles";
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

export const SESSIONS_NOT_TOLD_APART = defineRefusal({
  code: "sessions-not-told-apart",
  title: "A nightly run would end everybody's sessions, or could end none",
  why: "A run ends the sessions of the users whose keys it deactivates. Without `respond` there is no policy that could; where a role does not ask for the user's name as session name, nobody can tell whose a session is.",
  example:
    "environments/prod.ts: keyRules.endSessions: respond, and trust.sessionName of every role that users assume, got endSessions without respond; add them, or remove endSessions [sessions-not-told-apart]",
  remedy:
    "Add `respond`, set `trust.sessionName: true` in every role that devices assume, or leave `endSessions` out.",
  since: "0.2.0",
});

/** A run that ends sessions can, and ends no others. */
export const sessionsAreToldApart: EnvironmentRule = (environment, all) => {
  if (environment.keyRules?.endSessions !== true) return [];
  const got =
    environment.respond === undefined
      ? "endSessions without respond"
      : sessionsTellTheirUser(environment, all)
        ? undefined
        : "a role without trust.sessionName";
  if (got === undefined) return [];
  return [
    violationAt(environment, ["keyRules", "endSessions"], SESSIONS_NOT_TOLD_APART, {
      expected: "respond, and trust.sessionName of every role that users assume",
      got,
      remedy: "add them, or remove endSessions",
    }),
  ];
};

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
