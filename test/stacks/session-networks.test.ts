import { dailyAt } from "../../src/environment/schedule";
import { evaluate } from "../../src/iam/evaluate";
import type { Network } from "../../src/iam/request";
import { proveStacks } from "../../src/proofs/prove-stacks";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { graphFromStack } from "../../src/sources/stack/graph-from-stack";
import { device, environment, NOW, role } from "../builders/environment";
import { stackOf, synthesize } from "../support/synthesize";

const input = environment({
  roleSuffix: "x1",
  allowedNetworks: ["203.0.113.0/24", "2001:db8:1::/48"],
  allowedVpcs: ["vpc-0123456789abcdef0"],
  devices: { laptop: device({ roles: ["daily", "admin"] }) },
  roles: {
    daily: role({ sessionNetworks: true }),
    admin: { administrator: true, managedPolicies: ["AdministratorAccess"], sessionNetworks: true },
  },
  detection: {
    trail: { existing: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/all" },
    digest: dailyAt("08:00", "UTC"),
  },
});
const stacks = synthesize(input);
const identity = stackOf(stacks, "prod-identity");
const graph = graphFromStack(identity.json, { name: "prod-identity" } as never);

function answer(name: string, network: Network, action: string, viaAwsService = false): string {
  const principal = graph.roles.find((one) => one.name.startsWith(`${name}-`))?.arn ?? "";
  const credentials = { kind: "role-session" } as const;
  return evaluate({ principal, credentials, network, action, resource: "*", viaAwsService }, graph).effect;
}

test.each([
  ["an allowed network", { sourceIp: "203.0.113.7" }, false, "Allowed"],
  ["an allowed IPv6 network", { sourceIp: "2001:db8:1::7" }, false, "Allowed"],
  ["a network elsewhere", { sourceIp: "198.51.100.7" }, false, "ExplicitlyDenied"],
  ["nowhere that is known", "none", false, "ExplicitlyDenied"],
  ["a service, on the session's behalf", { sourceIp: "198.51.100.7" }, true, "Allowed"],
] as const)("a session of a role works from %s: %s", (_what, network, via, expected) => {
  for (const [name, action] of [
    ["daily", "s3:ListAllMyBuckets"],
    ["admin", "iam:ListUsers"],
  ] as const) {
    const effect = answer(name, network, action, via);
    expect([name, effect === "Allowed" ? "Allowed" : "ExplicitlyDenied"]).toEqual([name, expected]);
  }
});

test("a boundary grants nothing that the role has not", () => {
  expect(answer("daily", { sourceIp: "203.0.113.7" }, "iam:ListUsers")).not.toBe("Allowed");
});

test("every proof holds beside it", () => {
  const environments = validateBaseline([input], NOW);
  const configurations = [...stacks.values()].map(({ name, json }) => ({ name, configuration: json }));
  expect(proveStacks(configurations, environments, NOW).broken).toEqual([]);
});
