import { defineRule } from "../../findings/rule";
import type { Role, User } from "../../iam/graph";
import type { Administrators } from "../world/administrators";
import type { BrokenProof } from "../world/proof";
import { subjectOf } from "../world/subject";
import type { UserClass } from "../world/user-classes";
import { broken, type World } from "../world/world";
import type { Closure } from "./closure";
import { type Explanation, explanations } from "./explain";
import { type Step, wayInWords } from "./step";

export const NO_PRIVILEGE_ESCALATION = defineRule({
  id: "no-privilege-escalation",
  area: "proof",
  title: "A principal without administrator rights comes to them",
  severities: ["critical"],
  why: "By giving rights to itself or to somebody whom it can become, by making a principal, or by having a service run its code as a mightier role: the closure over who may come to act as whom. Each finding names its method, and the steps with the statements that allow them.",
  example: {
    before: 'roles.daily: allow("iam:PutUserPolicy", "*"): alice writes a policy for her own device',
    after:
      'roles.daily: allow("iam:PutUserPolicy", "arn:aws:iam::111122223333:user/made/*", { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/made" } })',
  },
  remedy:
    "Take one of the actions away, or limit its Resource, iam:PassedToService, iam:PolicyARN or iam:PermissionsBoundary so that the target is out of reach.",
  reference: { title: "pathfinding.cloud", url: "https://pathfinding.cloud" },
  since: "0.1.0",
});

/** A principal that must not climb. */
interface Climber {
  readonly principal: User | Role;
  readonly environment: string;
  /** How many users it stands for. */
  readonly alike: number;
  /** A declared device or break-glass user: what it does to others and which roles it assumes are proofs of their own. */
  readonly isPerson: boolean;
}

/**
 * Ways by which a principal without administrator rights comes to them: for every role and one user of each class, by the
 * closure over who may come to act as whom.
 *
 * Roles that are declared as administrators, and the roles that people list, are the business of `administrator-paths`.
 */
export function proveNoEscalation(
  world: World,
  closure: Closure,
  administrators: Administrators,
  classes: readonly UserClass[],
): readonly BrokenProof[] {
  const isEnd = ({ arn }: User | Role) => administrators.holders.has(arn) || administrators.chains.has(arn);
  return [...usersOf(administrators, classes), ...rolesOf(world, administrators)].flatMap((climber) => {
    const isMeant = (step: Step) =>
      climber.isPerson && step.way === "becomes" && step.target !== "a new role";
    const told = new Set<string>();
    return closure.climbs(climber.principal, { isEnd, isMeant, onlyKnown: true }).flatMap(({ steps }) =>
      explanations(closure.actor(climber.principal), steps).flatMap((explanation) => {
        if (told.has(explanation.id)) return [];
        told.add(explanation.id);
        return [brokenBy(climber, steps, explanation)];
      }),
    );
  });
}

function usersOf({ holders }: Administrators, classes: readonly UserClass[]): readonly Climber[] {
  return classes.flatMap(({ representatives, members, expectation, expected }) => {
    const [principal] = representatives;
    if (principal === undefined || members.some(({ arn }) => holders.has(arn))) return [];
    const isPerson = expected !== undefined && expected.kind !== "ci";
    return [{ principal, environment: expectation.environment, alike: members.length, isPerson }];
  });
}

function rolesOf(world: World, { holders }: Administrators): readonly Climber[] {
  return world.graph.roles.flatMap((principal) => {
    const expectation = world.expectationFor(principal);
    const isDeclared = world.role(principal)?.expected.administrator === true;
    if (expectation === undefined || isDeclared || holders.has(principal.arn)) return [];
    // nobody but its service can use a service-linked role, and IAM refuses to change it
    if (principal.path.startsWith("/aws-service-role/")) return [];
    return [{ principal, environment: expectation.environment, alike: 1, isPerson: false }];
  });
}

function brokenBy(
  { principal, alike, environment }: Climber,
  steps: readonly Step[],
  { id, title, source, needs }: Explanation,
): BrokenProof {
  const others = alike > 1 ? ` (and ${alike - 1} more)` : "";
  const target = steps[0]?.target ?? "";
  const page = source === undefined ? "" : ` (${source})`;
  const then = steps
    .slice(1)
    .map((step) => `${wayInWords(step.way)} ${step.target} by ${step.actions.join(" and ")}`);
  const way = then.length === 0 ? "" : `; then: ${then.join(", ")}`;
  // the request that is not certain is the one to look at
  const answers = steps.flatMap((step) => step.answers);
  const answer = answers.find(({ decision }) => decision.effect === "Unknown") ?? answers[0];
  return broken(
    {
      proof: NO_PRIVILEGE_ESCALATION.id,
      method: id,
      environment,
      subject: subjectOf(principal),
      message: `${subjectOf(principal)}${others} comes to administrator rights by ${title}: ${target}${page}${way}`,
      remedy: `take ${needs.join(" or ")} away, or limit its Resource so that ${target} is out of reach`,
    },
    answer?.request,
    answer?.decision,
  );
}
