import { action as knownAction } from "../iam/actions";
import { actionMatches, type CompiledGraph } from "../iam/evaluate";
import type { Role, User } from "../iam/graph";
import { listOf } from "../iam/policy-document";
import { policiesOf, probedPrincipal, referenceOf } from "./judged-principal";
import { concreteResource } from "./own-permissions";
import type { PrincipalNames } from "./principals";
import type { Question } from "./question-answers";

/** A resource to ask about. */
export interface AskedResource {
  /** As requests name it. */
  readonly resource: string;
  /** The role, where the action is decided by a trust policy. */
  readonly target?: Role;
  readonly isExample?: true;
}

interface ResourceQuestion {
  readonly action: string;
  readonly question: Pick<Question, "resource">;
  readonly principal: User | Role;
  readonly names: PrincipalNames;
  readonly graph: CompiledGraph;
}

/** Whether the trust policy of a role decides beside the caller's policies. */
export function isOnRole(action: string): boolean {
  return /^sts:(?:assumerole|tagsession|setsourceidentity)/i.test(action);
}

/**
 * The resource of a question; without one, all that the principal's own Allows name for the action, and an example of
 * what they do not name.
 *
 * @throws UnknownPrincipalError
 */
export function resourcesOf(asked: ResourceQuestion): readonly AskedResource[] {
  const { action, principal, names, graph } = asked;
  const { resource } = asked.question;
  if (isOnRole(action) && resource !== undefined) {
    const target = names.find(resource, { kind: "role", near: principal });
    return target.kind === "role" ? [{ resource: referenceOf(target, graph), target }] : [];
  }
  if (resource !== undefined) return [{ resource }];
  const types = knownAction(action)?.resources ?? [];
  if (types.length === 0) return [{ resource: "*" }];
  const probed = probedPrincipal(principal);
  const written = policiesOf(principal).flatMap(({ document }) =>
    "unknown" in document
      ? []
      : document.Statement.filter(
          ({ Effect, Action }) =>
            Effect === "Allow" && listOf(Action).some((pattern) => actionMatches(pattern, action)),
        ).flatMap(({ Resource }) => listOf(Resource)),
  );
  const named = written
    .filter((pattern) => pattern !== "*")
    .map((pattern) => concreteResource(pattern, action, probed));
  const example = concreteResource("*", action, probed);
  return [
    ...[...new Set(named)].filter((one) => one !== example).map((one) => ({ resource: one })),
    { resource: example, isExample: true },
  ];
}
