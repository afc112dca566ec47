import type { Closure } from "./escalation/closure";
import { openPasses } from "./escalation/open-passes";
import type { Administrators } from "./world/administrators";
import type { BrokenProof, DeclaredWeakness } from "./world/proof";
import { subjectOf } from "./world/subject";
import type { UserClass } from "./world/user-classes";
import { broken, type World } from "./world/world";

/**
 * PassRole on roles that nobody declares. Where the policy itself names the service (`iam:PassedToService`), as AWS's own
 * policies do, that is a declared limit: it is told, and the live account answers it. Where it does not, any role of the
 * account is a way up.
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
    const passes = openPasses(closure.actor(principal));
    const [first] = passes;
    if (first === undefined) continue;
    const { environment } = expectation;
    const subject = subjectOf(principal);
    const services = [...new Set(passes.map(({ service }) => service))];
    const more = services.length > 3 ? ` and ${services.length - 3} more services` : "";
    const unknown = `any role of the account that trusts ${services.slice(0, 3).join(" or ")}${more}`;
    const [pass, work] = first.answers;
    const message = `${subject} may pass roles that no stack declares, and ${work.request.action}: not known: ${unknown}`;
    if (first.limited) {
      declared.push({ environment, subject, message });
      continue;
    }
    const remedy =
      "name the roles that may be passed in Resource, and the service in iam:PassedToService; `baseline drift` answers it for the account as it is";
    const proof = broken(
      { proof: "passed-roles-are-known", environment, subject, message, remedy },
      pass.request,
      pass.decision,
    );
    found.push({ ...proof, unknowns: [unknown] });
  }
  return { broken: found, declared };
}
