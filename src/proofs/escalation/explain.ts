import { trustPrincipals } from "../world/trust-principals";
import type { Actor } from "./actor";
import type { EscalationMethod } from "./method";
import { ESCALATION_METHODS } from "./methods";
import type { Step } from "./step";

/** What a way up is known as: by a published method where there is one, else by its actions. */
export interface Explanation {
  /** `iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction` */
  readonly id: string;
  readonly title: string;
  /** The public page; nothing where nobody has described it. */
  readonly source?: string;
  readonly needs: readonly string[];
}

const byId = new Map(ESCALATION_METHODS.map((method) => [method.id, method]));
const PASSING = ESCALATION_METHODS.filter(({ gain }) => gain.kind === "passed-role");

/** The methods that the first step of a way is, of which there is at least one. */
export function explanations(actor: Actor, steps: readonly Step[]): readonly Explanation[] {
  const [first] = steps;
  if (first === undefined) return [];
  if (first.way === "runs code as" && first.actions[0] === "iam:PassRole") {
    const methods = passingMethods(actor, first);
    return methods.length > 0 ? methods : [named(first.actions)];
  }
  if (first.way !== "gives" || first.receiver === first.from) return [named(first.actions)];
  const becoming = steps.slice(1).find(({ way, to }) => way !== "gives" && to?.arn === first.receiver?.arn);
  return [named([...first.actions, ...(becoming?.actions ?? [])])];
}

function named(actions: readonly string[]): Explanation {
  const id = actions.join("+");
  const known = byId.get(id);
  if (known !== undefined) return known;
  const [first = ""] = actions;
  const title = byId.get(first)?.title ?? `${actions.join(", then ")}`;
  return { id, title, needs: actions };
}

/** Published ways to have the passed role run code, of which every action is allowed. */
function passingMethods(actor: Actor, { to }: Step): readonly EscalationMethod[] {
  if (to?.kind !== "role") return [];
  const { services, providers } = trustPrincipals(to);
  const trusted = [...services, ...providers];
  return PASSING.filter(({ gain, needs }) => {
    if (gain.kind !== "passed-role" || !needs.every((action) => actor.grants(action))) return false;
    const passed = gain.services.some(
      (service) =>
        trusted.includes(service) &&
        actor.on("iam:PassRole", to.arn, { context: { "iam:PassedToService": service } }) !== undefined,
    );
    return passed && needs.slice(1).every((action) => actor.somewhere(action) !== undefined);
  });
}
