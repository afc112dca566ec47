import type { Environment } from "../environment/environment";
import { controlPlaneRegion } from "../environment/regions-of-events";
import { violationAt } from "../environment/rules/rule";
import { UNKNOWN_NAME } from "../environment/rules/unknown-name";
import { suggestion } from "../findings/nearest-name";
import { defineRefusal } from "../findings/refusal";
import type { Violation } from "../findings/violation";
import type { Detection } from "./detection";
import type { DetectionScope } from "./detection-scope";
import { DETECTION_IDS } from "./detections";
import { patternFaults } from "./pattern/faults";
import { deadParts } from "./pattern/never-matches";
import { detectionScope, listeningRegions, wantedDetections } from "./scope-of";

export const PATTERN_NEVER_MATCHES = defineRefusal({
  code: "pattern-never-matches",
  title: "An event pattern, or a part of one, can never match",
  why: "A rule that matches nothing looks exactly like an account where nothing happens.",
  example:
    'environments/prod.ts: detection: an event pattern that EventBridge takes, got detection identity-provider-changed: pattern.detail.$or[1].userIdentity.sessionContext.sessionIssuer.arn.anything-but: expected a text, a number, a list of one kind, or one of {"prefix"}, {"suffix"}, {"equals-ignore-case"} and {"wildcard"}, got {"wildcard":["arn:aws:iam::111122223333:role/deploy**"]}; correct detection.deploymentRoles, or leave the detection out: detection.except [pattern-never-matches]',
  remedy:
    "Correct what the pattern is made of: names of roles in `detection.deploymentRoles`. Where it is our pattern, please report it.",
  since: "0.2.0",
});

/** What is wrong with the detection of an environment beyond its shape: unknown detections, patterns that never match. */
export function detectionViolations(environment: Environment): readonly Violation[] {
  const { detection: settings } = environment;
  if (settings === undefined) return [];
  const scope = detectionScope(environment, settings);
  return [
    ...settings.except.flatMap((id, index) => exceptViolations(environment, id, index)),
    // one wrong name is in several patterns
    ...wantedDetections(settings)
      .flatMap((detection) => patternViolations(environment, scope, detection))
      .slice(0, 1),
  ];
}

function exceptViolations(environment: Environment, id: string, index: number): readonly Violation[] {
  if (DETECTION_IDS.some((known) => known === id)) return [];
  return [
    violationAt(environment, ["detection", "except", index], UNKNOWN_NAME, {
      expected: "the id of a detection",
      got: `"${id}"`,
      remedy: suggestion(id, DETECTION_IDS, "run baseline explain for the list"),
    }),
  ];
}

function patternViolations(
  environment: Environment,
  scope: DetectionScope,
  detection: Detection,
): readonly Violation[] {
  const pattern = detection.pattern(scope);
  const faults = patternFaults(pattern);
  const dead =
    faults.length > 0
      ? []
      : listeningRegions(detection.place, environment).flatMap((region) =>
          deadParts(pattern, {
            region,
            globalRegion: controlPlaneRegion(environment.partition),
            reads: detection.reads ?? false,
          }),
        );
  const expected =
    faults.length > 0 ? "an event pattern that EventBridge takes" : "an event pattern that can match";
  return [...faults, ...new Set(dead)].slice(0, 1).map((fault) =>
    violationAt(environment, ["detection"], PATTERN_NEVER_MATCHES, {
      expected,
      got: `detection ${detection.id}: ${fault}`,
      remedy: "correct detection.deploymentRoles, or leave the detection out: detection.except",
    }),
  );
}
