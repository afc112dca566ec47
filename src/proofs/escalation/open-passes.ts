import { accountPart } from "../world/resource-samples";
import type { Actor, Answer } from "./actor";
import { ESCALATION_METHODS } from "./methods";
import { workAt } from "./runs";
import { KNOWN_SERVICES } from "./service-actions";

/** A principal that may pass roles which nobody declares to a service, and have it run them. */
export interface OpenPass {
  /** Service principal: `cloudformation.amazonaws.com`. */
  readonly service: string;
  /** PassRole of a role that is in no graph, and an action that starts or changes work of the service. */
  readonly answers: readonly [pass: Answer, work: Answer];
  /** The service is the author's choice (`iam:PassedToService`), not the caller's. */
  readonly limited: boolean;
}

const SERVICES: readonly string[] = [
  ...new Set([
    ...ESCALATION_METHODS.flatMap(({ gain }) => (gain.kind === "passed-role" ? gain.services : [])),
    ...KNOWN_SERVICES,
  ]),
];

/**
 * Services to which a principal may pass any role of the account, also one that no stack declares. What that gives it is
 * not known before the account is asked: any role that trusts the service.
 */
export function openPasses(actor: Actor): readonly OpenPass[] {
  if (!actor.grants("iam:PassRole")) return [];
  const any = `${accountPart(actor.principal.arn)}:role/proof/any-role`;
  const pass = (service: string) =>
    actor.on("iam:PassRole", any, { context: { "iam:PassedToService": service } });
  const limited = pass("proof.amazonaws.com") === undefined;
  const work = new Map<string, Answer | undefined>();
  return SERVICES.flatMap((service) => {
    const passed = pass(service);
    if (passed === undefined) return [];
    const start = workAt(actor, service, work);
    return start === undefined ? [] : [{ service, answers: [passed, start] as const, limited }];
  });
}
