import { defineRule } from "../findings/rule";
import { accessLevel, expandActions } from "../iam/actions";
import { managedPolicy } from "../iam/managed-policies";
import { listOf } from "../iam/policy-document";
import type { Closure } from "./escalation/closure";
import { ANY_ACTION, ANY_RESOURCE, partsOf } from "./world/policy-parts";
import type { BrokenProof } from "./world/proof";
import { subjectOf } from "./world/subject";
import { broken, placeIn, type World } from "./world/world";

export const PULL_REQUESTS_ONLY_READ = defineRule({
  id: "pull-requests-only-read",
  area: "proof",
  title: "A job of pull requests may write",
  severities: ["critical"],
  why: "Whoever opens a pull request writes the code that such a job runs, before anybody reviews it. No action that writes, tags or manages permissions is allowed to its role; what AWS's ReadOnlyAccess grants counts as reading.",
  example: {
    before: "github: { pullRequest: true } with s3:PutObject",
    after: 'github: { environment: "prod" } with s3:PutObject',
  },
  remedy: "Take the action away, or give it to a role of a protected GitHub environment.",
  since: "0.2.0",
});

/** Roles of pull requests: the code that runs as them is anybody's who can open one. */
export function provePullRequestsOnlyRead(world: World, closure: Closure): readonly BrokenProof[] {
  return world.graph.roles.flatMap((role) => {
    const declared = world.role(role);
    const isOfPullRequests = declared?.expected.github?.subjects.some((subject) =>
      /:pull_request$/.test(subject),
    );
    if (declared === undefined || isOfPullRequests !== true) return [];
    const actor = closure.actor(role);
    for (const action of partsOf(actor.policies).granted) {
      if (reads(action)) continue;
      const answer = action === ANY_ACTION ? actor.on(action, ANY_RESOURCE) : actor.somewhere(action);
      if (answer === undefined) continue;
      const what = action === ANY_ACTION ? "do anything that its policies do not name" : action;
      const { resource } = answer.request;
      return [
        broken(
          {
            proof: PULL_REQUESTS_ONLY_READ.id,
            environment: declared.expectation.environment,
            subject: subjectOf(role),
            message: `${subjectOf(role)} is for jobs of pull requests and may write: ${what}${resource === ANY_RESOURCE ? "" : ` on ${resource}`}`,
            remedy: `take it away, or give it to a role of a protected GitHub environment (${placeIn(declared.expectation, declared.expected.declaredAt)}.github.environment)`,
          },
          answer.request,
          answer.decision,
        ),
      ];
    }
    return [];
  });
}

/** What AWS itself counts as reading, whatever level a list gives it. */
let alsoReads: ReadonlySet<string> | undefined;

function reads(action: string): boolean {
  const level = accessLevel(action);
  if (level === undefined)
    return action !== ANY_ACTION && /^[a-z0-9-]+:(?:Get|List|Describe|View|Head|BatchGet)/i.test(action);
  if (level === "List" || level === "Read") return true;
  alsoReads ??= new Set([
    ...grantsOf("ReadOnlyAccess"),
    ...grantsOf("job-function/ViewOnlyAccess"),
    "kms:Decrypt",
  ]);
  return alsoReads.has(action);
}

function grantsOf(name: string): readonly string[] {
  const { document } = managedPolicy(name);
  if ("unknown" in document) return [];
  return document.Statement.flatMap(({ Effect, Action }) =>
    Effect === "Allow" ? listOf(Action).flatMap((pattern) => expandActions(pattern)) : [],
  );
}
