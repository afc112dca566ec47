import type { EnvironmentInput } from "../../../src/environment/environment";
import { allow } from "../../../src/environment/policy-statement";
import { adminRole } from "../../../src/environment/role-presets";
import { dailyAt } from "../../../src/environment/schedule";
import { formatDeclared } from "../../../src/proofs/format-proofs";
import { validateBaseline } from "../../../src/proofs/validate-baseline";
import { declaredWeaknesses, weaknessFinding } from "../../../src/proofs/world/weaknesses";
import { device, environment, NOW, role } from "../../builders/environment";
import { environments as shipped } from "../../shipped";
import { proven } from "../proven";

const weaknessesOf = (...inputs: readonly EnvironmentInput[]) => {
  const all = validateBaseline(inputs, NOW);
  return all.flatMap((one) => declaredWeaknesses(one, all));
};
/** `subject: key` of each. */
const told = (input: EnvironmentInput) =>
  weaknessesOf(input).map(({ subject, declaredAt }) => `${subject}: ${declaredAt}`);

const GITHUB = { repository: "octo/infra", ownerId: "1", repositoryId: "2" } as const;
const keyRules = {
  schedule: dailyAt("00:00", "UTC"),
  rules: { "old-keys": { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "CIS AWS 2.12" } },
} as const;
const root = { root: { acknowledgeRootRecovery: true } } as const;

describe("an environment that declares none has none", () => {
  test.each<[string, EnvironmentInput]>([
    ["the plainest", environment()],
    [
      "a role for GitHub jobs that is no administrator",
      environment({
        roles: { daily: role(), deploy: role({ github: { ...GITHUB, environment: "prod" } }) },
        account: { githubOidcProvider: {} },
      }),
    ],
    [
      "a role without people that is bound to no network",
      environment({
        roles: {
          daily: role(),
          server: role({ service: { principal: "ec2.amazonaws.com" }, trust: { networks: false } }),
        },
      }),
    ],
    ["root as the way back of nobody", environment({ recovery: root })],
  ])("%s", (_what, input) => {
    expect(told(input)).toEqual([]);
  });

  test("personal as it is shipped", () => {
    const all = validateBaseline(shipped, NOW);
    const personal = all.filter(({ name }) => name === "personal");
    expect(personal.flatMap((one) => declaredWeaknesses(one, all))).toEqual([]);
  });
});

describe("what an environment weakens is told with its key", () => {
  test.each<[string, EnvironmentInput, readonly string[]]>([
    [
      "parts of a guard",
      environment({ developerGroups: { developers: { guard: { mfa: true, networks: false } } } }),
      ["group/developers: developerGroups.developers.guard.networks"],
    ],
    [
      "a role from any network",
      environment({ roles: { daily: role({ trust: { networks: false } }) } }),
      ["role/daily: roles.daily.trust.networks"],
    ],
    [
      "administrator rights of a GitHub environment",
      environment({
        roles: { daily: role(), apply: adminRole({ github: { ...GITHUB, environment: "prod" } }) },
        account: { githubOidcProvider: {} },
      }),
      ["role/apply: roles.apply.github.environment"],
    ],
    [
      "administrator rights of users of others",
      environment({
        devices: { laptop: device({ roles: ["daily", "admin"] }) },
        roles: {
          daily: role(),
          admin: adminRole({
            trust: { externalUsers: ["arn:aws:iam::999988887777:user/partner"], externalId: "octo" },
          }),
        },
      }),
      ["role/admin: roles.admin.trust.externalUsers"],
    ],
    [
      "people of a permission set",
      environment({ roles: { daily: role({ permissionSet: { name: "Developers" } }) } }),
      ["role/daily: roles.daily.permissionSet"],
    ],
    [
      "root as the only way back",
      environment({ keyRules, recovery: root }),
      ["recovery/root: recovery.root"],
    ],
    [
      "users whom no rule reaches",
      environment({ keyRules: { ...keyRules, exemptPaths: ["/baseline/ci/lab/"] }, recovery: root }),
      ["recovery/root: recovery.root", "path /baseline/ci/lab/: keyRules.exemptPaths[0]"],
    ],
    [
      "a name that no list has",
      environment({
        roles: { daily: role({ statements: [allow("s3:GetTomorrow", "*")] }) },
        allowUnknown: { "s3:GetTomorrow": "announced on 2026-11-20" },
      }),
      ["s3:GetTomorrow: allowUnknown.s3:GetTomorrow"],
    ],
  ])("%s", (_what, input, weaknesses) => {
    expect(told(input)).toEqual(weaknesses);
  });

  test("the proofs tell the same, in a line with file and key", () => {
    const report = proven(environment({ roles: { daily: role({ trust: { networks: false } }) } }));
    expect(report.broken).toEqual([]);
    expect(formatDeclared(report)).toBe(
      "prod: weakness-declared: role/daily: it is assumed from any network (environments/prod.ts: roles.daily.trust.networks)",
    );
  });

  test("as a finding it is for information", () => {
    const [weakness] = weaknessesOf(environment({ roles: { daily: role({ trust: { networks: false } }) } }));
    expect(weakness && weaknessFinding(weakness)).toMatchObject({
      rule: "weakness-declared",
      severity: "info",
      address: "role/daily",
      environment: "prod",
      remedy: expect.stringContaining("roles.daily.trust.networks of environments/prod.ts"),
    });
  });
});
