import { evaluate } from "../../../src/iam/evaluate";
import type { AccessGraph, Role } from "../../../src/iam/graph";
import { roleOf, shipped, shippedEnvironments } from "./shipped";

/** Every shipped guard with every shipped administrator role. */
const guards = shipped.graph.managedPolicies.filter(({ name }) => name.endsWith("-guard"));
const cases = shippedEnvironments.flatMap((environment) =>
  guards
    .filter(({ arn }) => arn?.includes(environment.accountId))
    .map((guard) => [guard.name, environment.name, guard, roleOf(environment, "admin")] as const),
);

test.each(cases)(
  "%s attached to the admin role of %s by hand does not lock the role's sessions out",
  (_guard, _environment, guard, role) => {
    const guarded: Role = { ...role, policies: [...role.policies, { ...guard, attachedBy: "by hand" }] };
    const graph: AccessGraph = {
      ...shipped.graph,
      roles: shipped.graph.roles.map((other) => (other === role ? guarded : other)),
    };
    const request = {
      principal: role.arn,
      credentials: { kind: "role-session" },
      network: { sourceIp: "192.0.2.1" },
      action: "s3:ListAllMyBuckets",
      resource: "*",
    } as const;
    expect(evaluate(request, graph).effect).toBe("Allowed");
  },
);
