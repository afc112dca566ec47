import { effectivePolicies } from "../../iam/evaluate";
import type { Administrators } from "../world/administrators";
import { ROLE_SESSION, WITH_MFA } from "../world/credential-samples";
import { networkSamples } from "../world/network-samples";
import type { BrokenProof } from "../world/proof";
import type { UserClass } from "../world/user-classes";
import { broken, subjectOf, type World } from "../world/world";
import { Climber } from "./climber";
import { ESCALATION_METHODS } from "./methods";
import { type Step, stepBy } from "./step";

/**
 * Ways by which a principal without administrator rights comes to them: every method, for every role and every class
 * of users, on the targets that exist. What leads to such a principal leads to administrator rights too, so the search
 * goes on until nobody new is found.
 *
 * Roles that are declared as administrators, and the roles that people list, are the business of `administrator-paths`.
 */
export function proveNoEscalation(
  world: World,
  administrators: Administrators,
  classes: readonly UserClass[],
): readonly BrokenProof[] {
  const lesser = classes.filter(({ members }) => !members.some(({ arn }) => administrators.holders.has(arn)));
  const climbers = [...usersOf(world, lesser), ...rolesOf(world, administrators)];
  const reached = new Set([...administrators.holders, ...administrators.chains.keys()]);
  const found = new Map<string, { readonly climber: Climber; readonly step: Step }>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const climber of climbers) {
      for (const method of ESCALATION_METHODS) {
        const key = `${climber.principal.arn} ${method.id}`;
        if (found.has(key) || !method.needs.every((action) => climber.isGranted(action))) continue;
        const step = stepBy(method, climber, reached);
        if (step === undefined) continue;
        found.set(key, { climber, step });
        grew = !reached.has(climber.principal.arn) || grew;
      }
    }
    for (const { climber } of found.values()) for (const arn of climber.alike) reached.add(arn);
  }
  return [...found.values()].map(({ climber, step }) => told(climber, step));
}

function usersOf(world: World, classes: readonly UserClass[]): readonly Climber[] {
  return classes.flatMap(({ representatives, members, policies, expectation, expected, parts }) => {
    const isCi = expected?.kind === "ci";
    const [network = "none"] = networkSamples(expectation, isCi ? [] : parts.conditions).inside;
    return representatives.slice(0, 1).map(
      (principal) =>
        new Climber(world, {
          principal,
          policies,
          credentials: isCi ? { kind: "long-term-key" } : WITH_MFA,
          network: isCi ? runner(parts.conditions) : network,
          environment: expectation.environment,
          alike: members.map(({ arn }) => arn),
          isPerson: expected !== undefined && !isCi,
        }),
    );
  });
}

/** Where the jobs of a group run: an address of the first range that its policies name, or anywhere. */
function runner(conditions: UserClass["parts"]["conditions"]) {
  const range = conditions.find(({ key }) => key === "aws:sourceip")?.value;
  const [network = { sourceIp: "192.0.2.77" }] =
    range === undefined ? [] : networkSamples({ networks: [range], vpcs: [] }, []).inside;
  return network;
}

function rolesOf(world: World, { holders }: Administrators): readonly Climber[] {
  return world.graph.roles.flatMap((principal) => {
    const expectation = world.expectationFor(principal);
    const isDeclared = world.role(principal)?.expected.administrator === true;
    if (expectation === undefined || isDeclared || holders.has(principal.arn)) return [];
    return [
      new Climber(world, {
        principal,
        policies: effectivePolicies(principal),
        credentials: ROLE_SESSION,
        network: { sourceIp: "192.0.2.77" },
        environment: expectation.environment,
        alike: [principal.arn],
        isPerson: false,
      }),
    ];
  });
}

function told(climber: Climber, { method, target, request, decision }: Step): BrokenProof {
  const { principal, alike, environment } = climber;
  const others = alike.length > 1 ? ` (and ${alike.length - 1} more)` : "";
  return broken(
    {
      proof: "no-privilege-escalation",
      method: method.id,
      environment,
      subject: subjectOf(principal),
      message: `${subjectOf(principal)}${others} comes to administrator rights by ${method.title}: ${target} (${method.source})`,
      remedy: `take ${method.needs.join(" or ")} away, or limit its Resource so that ${target} is out of reach`,
    },
    request,
    decision,
  );
}
