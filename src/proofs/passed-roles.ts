import { defineRule } from "../findings/rule";
import type { Closure } from "./escalation/closure";
import { openPasses } from "./escalation/open-passes";
import type { Administrators } from "./world/administrators";
import type { BrokenProof, DeclaredWeakness } from "./world/proof";
import { subjectOf, subjectOfArn } from "./world/subject";
import type { UserClass } from "./world/user-classes";
import { broken, type World } from "./world/world";

export const PASSED_ROLES_ARE_KNOWN = defineRule({
  id: "passed-roles-are-known",
  area: "proof",
  title: "Roles that nobody declares may be passed to a service",
  severities: ["high"],
  why: "Whoever may pass any role and have a service run it holds whatever the mightiest role of the account holds that trusts the service, also one that no stack declares. That is not known before the account is asked, and `baseline drift` asks it. A policy that itself names the service (iam:PassedToService) or the roles (Resource) is told in the report and breaks nothing.",
  example: {
    before: 'allow("iam:PassRole", "*") beside allow("cloudformation:*", "*")',
    after:
      'allow("iam:PassRole", "arn:aws:iam::111122223333:role/site-*", { StringEquals: { "iam:PassedToService": "cloudformation.amazonaws.com" } })',
  },
  remedy: "Name the roles in Resource and the service in iam:PassedToService.",
  reference: {
    title: "Grant a user permissions to pass a role to an AWS service",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  },
  since: "0.2.0",
});

/**
 * PassRole on roles that nobody declares. Where the policy itself names the service (`iam:PassedToService`), as AWS's own
 * policies do, or the roles, that is a declared limit: it is told, and the live account answers it. Where it does not, any
 * role of the account is a way up.
 */
export function provePassedRoles(
  world: World,
  closure: Closure,
  administrators: Administrators,
  classes: readonly UserClass[],
): { readonly broken: readonly BrokenProof[]; readonly declared: readonly DeclaredWeakness[] } {
  const found: BrokenProof[] = [];
  const declared: DeclaredWeakness[] = [];
  const users = classes.flatMap(({ representatives, expectation }) =>
    representatives.slice(0, 1).map((principal) => ({ principal, expectation })),
  );
  const roles = world.graph.roles.map((principal) => ({
    principal,
    expectation: world.expectationFor(principal),
  }));
  for (const { principal, expectation } of [...users, ...roles]) {
    if (expectation === undefined || administrators.holders.has(principal.arn)) continue;
    const passes = openPasses(world.graph, closure.actor(principal));
    const [first] = passes;
    if (first === undefined) continue;
    const { environment } = expectation;
    const subject = subjectOf(principal);
    const services = [...new Set(passes.map(({ service }) => service))];
    const more = services.length > 3 ? ` and ${services.length - 3} more services` : "";
    const unknown = `any role of the account that trusts ${services.slice(0, 3).join(" or ")}${more}`;
    const [pass, work] = first.answers;
    const named = pass.request.resource.includes(":role/proof/")
      ? ""
      : ` (${subjectOfArn(pass.request.resource)})`;
    const message = `${subject} may pass roles that no stack declares${named}, and ${work.request.action}: not known: ${unknown}`;
    if (first.limited) {
      declared.push({ environment, subject, message });
      continue;
    }
    const remedy =
      "name the roles that may be passed in Resource, and the service in iam:PassedToService; `baseline drift` answers it for the account as it is";
    const proof = broken(
      { proof: PASSED_ROLES_ARE_KNOWN.id, environment, subject, message, remedy },
      pass.request,
      pass.decision,
    );
    found.push({ ...proof, unknowns: [unknown] });
  }
  return { broken: found, declared };
}
