import type { Environment } from "./environment";
import { DEFAULT_RUNTIME, runtimeState } from "./lambda-runtimes";
import { environmentFile } from "./rules/rule";

/** What is not wrong in an environment and should be known, one line each: `file: key: what; what to do`. */
export function environmentNotes(environment: Environment, now: Date): readonly string[] {
  return [...runtimeNotes(environment, now), ...githubNotes(environment)].map(
    (note) => `${environmentFile(environment.name)}: ${note}`,
  );
}

function runtimeNotes({ keyRules }: Environment, now: Date): readonly string[] {
  if (keyRules === undefined) return [];
  const runtime = keyRules.runtime ?? DEFAULT_RUNTIME;
  const state = runtimeState(runtime, now);
  // a declared runtime that is blocked is refused; the default of an old release of this package is told
  if (state.state === "supported") return [];
  return [`keyRules.runtime: ${runtime} ends: ${state.because}; choose a later one`];
}

/** @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/ */
function githubNotes({ roles }: Environment): readonly string[] {
  return Object.entries(roles)
    .filter(([, { github }]) => github && (github.ownerId === undefined || github.repositoryId === undefined))
    .map(
      ([name, { github }]) =>
        `roles.${name}.github: ${github?.repository} is trusted by its name alone. Repositories made, renamed or ` +
        "transferred since 2026-07-15 send the immutable subject, which this trust refuses, and a name can be taken by " +
        "somebody else later; add ownerId and repositoryId: gh api repos/<owner>/<name> --jq '.owner.id, .id'",
    );
}
