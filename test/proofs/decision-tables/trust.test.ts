import { assumptions, credentials, effectOf, networkOf, shipped } from "./shipped";

const TABLE: readonly (readonly [credential: string, network: string, allowed: boolean])[] = [
  ["long-term key", "allowed IPv4", false],
  ["key with MFA code", "allowed IPv4", true],
  ["session without MFA", "allowed IPv4", false],
  ["session with MFA", "allowed IPv4", true],
  ["session with MFA", "allowed IPv6", true],
  ["session with MFA", "other IPv4", false],
  ["session with MFA", "next IPv4", false],
  ["session with MFA", "other IPv6", false],
  ["session with MFA", "foreign VPC", false],
  ["session with MFA", "nowhere", false],
];

describe.each(assumptions)("%s on %s (listed: %s)", (_user, name, listed, principal, role, owner) => {
  const assume = (signed: (typeof credentials)[string] | undefined, network: string) =>
    effectOf({
      principal,
      credentials: signed ?? { kind: "long-term-key" },
      network: networkOf(owner, network),
      action: "sts:AssumeRole",
      resource: role.arn,
    }) === "Allowed";

  test.each(TABLE)("%s from %s: %s if listed", (credential, network, allowed) => {
    expect(assume(credentials[credential], network)).toBe(allowed && listed);
  });

  const maximum = owner.roles[name.split("/")[1] ?? ""]?.trust.maxMfaAgeSeconds ?? 0;
  test.each([
    ["as old as allowed", maximum, true],
    ["a second older", maximum + 1, false],
  ])("MFA %s", (_age, mfaAgeSeconds, allowed) => {
    expect(assume({ kind: "session-token", mfaAgeSeconds }, "allowed IPv4")).toBe(allowed && listed);
  });
});

test("refuses every role of people to every repository user, whatever the credentials", () => {
  const repositories = shipped.graph.users.filter(({ path }) => path.endsWith("/ci/"));
  const answers = repositories.flatMap(({ arn }) =>
    assumptions.flatMap(([, , , , role, owner]) =>
      Object.values(credentials).map((signed) =>
        effectOf({
          principal: arn,
          credentials: signed,
          network: networkOf(owner, "allowed IPv4"),
          action: "sts:AssumeRole",
          resource: role.arn,
        }),
      ),
    ),
  );
  expect(answers.length).toBeGreaterThan(0);
  expect(answers).not.toContain("Allowed");
  expect(answers).not.toContain("Unknown");
});
