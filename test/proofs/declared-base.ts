import { s3 } from "../../src/environment/backend";
import type { EnvironmentInput } from "../../src/environment/environment";
import { allow } from "../../src/environment/policy-statement";
import { adminRole, dailyRole } from "../../src/environment/role-presets";
import { dailyAt } from "../../src/environment/schedule";
import { proveStacks } from "../../src/proofs/prove-stacks";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import type { ProofReport } from "../../src/proofs/world/proof";
import { NOW } from "../builders/environment";
import { synthesize } from "../support/synthesize";
import { told } from "./proven";

export type Statements = NonNullable<Parameters<typeof dailyRole>[0]>["statements"];
export type Roles = NonNullable<EnvironmentInput["roles"]>;
export type RoleInput = Roles[string];

export const ACCOUNT = "111122223333";
export const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
export const GITHUB = { repository: "octo/site", ownerId: "1", repositoryId: "2" } as const;

/** Two devices of one person, a CI group with a repository, the daily and the administrator role. */
export function base(difference: Partial<EnvironmentInput> = {}): EnvironmentInput {
  return {
    name: "base",
    accountId: ACCOUNT,
    region: "eu-central-1",
    backend: s3({ bucket: "octo-state", region: "eu-central-1" }),
    allowedNetworks: ["203.0.113.0/24"],
    devices: {
      work: { owner: "alice", roles: ["daily", "admin"] },
      home: { owner: "alice", roles: ["daily"] },
    },
    ciGroups: { deployers: { statements: [allow("s3:PutObject", "arn:aws:s3:::octo-site/*")] } },
    repositories: { "octo/site": { groups: ["deployers"] } },
    roles: { daily: dailyRole(), admin: adminRole() },
    account: { githubOidcProvider: {} },
    ...difference,
  };
}

export const withDaily = (
  statements: Statements,
  roles: Roles = {},
  difference: Partial<EnvironmentInput> = {},
) =>
  base({
    roles: { daily: dailyRole({ statements: statements ?? [] }), admin: adminRole(), ...roles },
    ...difference,
  });
export const withCi = (
  statements: Statements,
  roles: Roles = {},
  difference: Partial<EnvironmentInput> = {},
) =>
  base({
    ciGroups: { deployers: { statements: statements ?? [] } },
    roles: { daily: dailyRole(), admin: adminRole(), ...roles },
    ...difference,
  });
export const withJob = (
  github: object,
  role: Partial<RoleInput>,
  difference: Partial<EnvironmentInput> = {},
) =>
  base({
    roles: {
      daily: dailyRole(),
      admin: adminRole(),
      job: { ...role, github: { ...GITHUB, ...github } } as RoleInput,
    },
    ...difference,
  });
export const inRegion = (region: string): EnvironmentInput =>
  base({
    region,
    backend: s3({ bucket: "octo-state", region }),
    ciGroups: { deployers: { statements: [allow("s3:ListAllMyBuckets", "*")] } },
  });
/** A role with administrator rights that a service takes: declared, and accepted where it stands. */
export const powerful = (principal: string): Roles => ({
  worker: { service: { principal }, managedPolicies: ["AdministratorAccess"], administrator: true },
});
export const hygiene: Partial<EnvironmentInput> = {
  keyRules: {
    schedule: dailyAt("00:00", "Europe/Berlin"),
    rules: { old: { appliesTo: { path: "ci" }, maxAgeDays: 90, reason: "CIS" } },
  },
};

export function report(input: EnvironmentInput): ProofReport {
  const stacks = [...synthesize(input)].map(([name, { json }]) => ({ name, configuration: json }));
  return proveStacks(stacks, validateBaseline([input], NOW), NOW);
}
/** What is broken but for what the case brings along: a service's administrator role is a path to those rights. */
export const brokenOf = (input: EnvironmentInput) =>
  told(report(input).broken).filter((one) => !/^administrator-paths role\/worker/.test(one));
