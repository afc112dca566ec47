import { type Check, judged, ok, problem, warning } from "../check";

export const state: Check = {
  id: "state",
  title: "State",
  why: "A lost state is a deploy that collides with everything it once made; a lock that was left stops the next one.",
  judge: ({ state: answer, environment }) =>
    judged(answer, ({ place, exists, lockedBy, changed, versioned }) => [
      exists
        ? ok(`${place}${changed === undefined ? "" : `, changed ${changed}`}`)
        : warning(
            `${place} is not there`,
            environment.backend.type === "local"
              ? "deploy first; where it was deployed from another machine, bring state/ from there, or move it to S3 (docs/bootstrap.md)"
              : "deploy first",
          ),
      ...(lockedBy === undefined
        ? []
        : [
            problem(
              `locked: ${lockedBy}`,
              "wait; where nobody works on it, terraform force-unlock in the stack's folder",
            ),
          ]),
      ...(environment.backend.type === "local" && exists
        ? [
            warning(
              "it lies on this machine alone",
              "keep a copy where you keep other private files, or use s3({ ... })",
            ),
          ]
        : []),
      ...(versioned === false
        ? [
            problem(
              "the bucket keeps no versions",
              "switch versioning on: a broken state comes back from them",
            ),
          ]
        : []),
    ]),
};
