import { type AccessGraph, type Role, UNKNOWN_PART } from "../../iam/graph";
import { accountPart } from "../world/resource-samples";
import type { Actor, Answer, Given } from "./actor";
import { ESCALATION_METHODS } from "./methods";
import { workAt } from "./runs";
import { KNOWN_SERVICES } from "./service-actions";

/** A principal that may pass roles which nobody declares to a service, and have it run them. */
export interface OpenPass {
  /** Service principal: `cloudformation.amazonaws.com`. */
  readonly service: string;
  /** PassRole of a role that is in no graph, and an action that starts or changes work of the service. */
  readonly answers: readonly [pass: Answer, work: Answer];
  /** The service (`iam:PassedToService`) or the roles (Resource) are the author's choice, not the caller's. */
  readonly limited: boolean;
}

/** Roles that the policies name and that are tried. */
const MOST = 6;

const SERVICES: readonly string[] = [
  ...new Set([
    ...ESCALATION_METHODS.flatMap(({ gain }) => (gain.kind === "passed-role" ? gain.services : [])),
    ...KNOWN_SERVICES,
  ]),
];

/**
 * Services to which a principal may pass roles that the graph does not hold: any of the account, or those that its
 * policies name. What that gives it is not known before the account is asked: any of them that trusts the service.
 */
export function openPasses({ roles }: AccessGraph, actor: Actor): readonly OpenPass[] {
  if (!actor.grants("iam:PassRole")) return [];
  const any = `${accountPart(actor.principal.arn)}:role/proof/any-role`;
  const ofAny = passesOf(actor, any);
  if (ofAny.length > 0) {
    const limited = actor.on("iam:PassRole", any, passedTo("proof.amazonaws.com")) === undefined;
    return ofAny.map((pass) => ({ ...pass, limited }));
  }
  const named = actor
    .resourcesOf("iam:PassRole")
    .filter((arn) => arn.includes(":role/") && !isHeld(roles, arn));
  for (const arn of named.slice(0, MOST)) {
    const passes = passesOf(actor, arn);
    if (passes.length > 0) return passes.map((pass) => ({ ...pass, limited: true }));
  }
  return [];
}

function passesOf(actor: Actor, role: string): readonly Omit<OpenPass, "limited">[] {
  const work = new Map<string, Answer | undefined>();
  return SERVICES.flatMap((service) => {
    const passed = actor.on("iam:PassRole", role, passedTo(service));
    if (passed === undefined) return [];
    const start = workAt(actor, service, work);
    return start === undefined ? [] : [{ service, answers: [passed, start] as const }];
  });
}

function passedTo(service: string): Given {
  return { context: { "iam:PassedToService": service } };
}

/** Whether the graph has the role, also where its name ends at random. */
function isHeld(roles: readonly Role[], wanted: string): boolean {
  return roles.some(({ arn }) => {
    const [start = "", ...rest] = arn.split(UNKNOWN_PART);
    return rest.length === 0 ? arn === wanted : wanted.startsWith(start);
  });
}
