import { keyRulesOf } from "../../credentials/environment-credentials";
import { findLockOuts, type LockOut } from "../../credentials/lock-out";
import type { Environment } from "../../environment/environment";
import { repositoryUserName } from "../../environment/iam-names";
import { iamPaths } from "../../environment/iam-paths";
import { inZone, nextRun } from "../../environment/next-run";
import type { Role } from "../../environment/roles";
import { declaredWeaknesses } from "../../proofs/world/weaknesses";

/** So many lines of one kind; the rest is counted, and told in full by `access`. */
const SHOWN = 8;

/** The first look at an environment, in lines. What is declared is what was proven: nothing here is asked of AWS. */
export function overview(
  environment: Environment,
  all: readonly Environment[],
  step: string,
  now: Date,
): readonly string[] {
  const { name, accountId, region, devices, breakGlass, repositories, roles } = environment;
  return [
    `${name} (account ${accountId}, ${region})`,
    `  Next        ${step}`,
    ...section("People", [
      ...Object.entries(devices).map(
        ([user, { owner, roles: may }]) => `${user} (${owner}): ${may.join(", ") || "no role"}`,
      ),
      ...Object.entries(breakGlass).map(
        ([user, { owner, roles: may }]) => `${user} (${owner}, break-glass): ${may.join(", ")}`,
      ),
    ]),
    ...section("CI", [
      ...Object.entries(repositories).map(
        ([repository, { groups }]) =>
          `${repository}: key of ${repositoryUserName(repository)}, groups ${groups.join(", ")}`,
      ),
      ...Object.entries(roles).flatMap(([role, declared]) => jobOf(role, declared)),
    ]),
    ...section(
      "Roles",
      Object.entries(roles).map(
        ([role, declared]) => `${role}: ${rightsOf(declared)}; ${conditionsOf(declared)}`,
      ),
    ),
    ...(environment.keyRules === undefined
      ? []
      : section("Functions", ["their roles are assumed by nothing else (iam-baseline access)"])),
    ...section("Way back", wayBack(environment, now)),
    ...section("Weaknesses", weaknesses(environment, all)),
    "",
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  const rest = lines.length - SHOWN;
  const shown = rest > 0 ? [...lines.slice(0, SHOWN), `and ${rest} more`] : lines;
  return shown.map((line, index) => `  ${(index === 0 ? title : "").padEnd(11)} ${line}`);
}

function jobOf(name: string, { github, oidc }: Role): readonly string[] {
  if (github !== undefined) {
    const job = github.environment ?? github.branch ?? "pull requests";
    return [`${github.repository} (${job}): role ${name}, no key`];
  }
  if (oidc === undefined) return [];
  const what = oidc.gitlab?.project ?? oidc.bitbucket?.repositoryUuid ?? oidc.subjects?.join(", ") ?? "";
  return [`${oidc.provider} ${what}: role ${name}, no key`];
}

function rightsOf({
  administrator,
  managedPolicies,
  statements,
  reactivatesKeys,
  plansStacks,
}: Role): string {
  if (administrator) return "administrator rights";
  const parts = [
    ...managedPolicies.map((policy) => policy.slice(policy.lastIndexOf("/") + 1)),
    ...(statements.length > 0 ? [`${statements.length} statement${statements.length === 1 ? "" : "s"}`] : []),
    ...(reactivatesKeys ? ["reactivates keys of devices"] : []),
    ...(plansStacks ? ["plans and looks for drift"] : []),
  ];
  return parts.join(" and ") || "no right";
}

function conditionsOf({
  trust,
  service,
  github,
  oidc,
  saml,
  permissionSet,
  maxSessionDuration,
}: Role): string {
  const minutes = Math.round(trust.maxMfaAgeSeconds / 60);
  const people = [
    ...(saml === undefined ? [] : [`people of ${saml.provider}`]),
    ...(permissionSet === undefined ? [] : [`permission set ${permissionSet.name}`]),
  ];
  const others = [service?.principal, github && "GitHub jobs", oidc && "jobs by OIDC"].filter(
    (one): one is string => typeof one === "string",
  );
  const sessions = `sessions of ${maxSessionDuration / 3600} h`;
  if (others.length > 0) return `${others.join(", ")}, ${sessions}`;
  const from = trust.networks ? "from allowed networks" : "from anywhere";
  return [`MFA at most ${minutes} min old`, from, ...people, sessions].join(", ");
}

function wayBack(environment: Environment, now: Date): readonly string[] {
  const rules = keyRulesOf(environment);
  const schedule = environment.keyRules?.schedule;
  if (rules === undefined || schedule === undefined)
    return ["no rule ends keys, so nobody can be locked out by one"];
  const run = nextRun(schedule, now);
  const path = iamPaths(environment.namespace).device;
  const owned = Object.entries(environment.devices).map(([userName, { owner }]) => ({
    userName,
    path,
    owner,
  }));
  const { recovery } = environment;
  const how =
    recovery === undefined ? "none is declared" : typeof recovery === "string" ? recovery : "the root user";
  return [
    `${how}${whom(environment, findLockOuts(owned, rules))}`,
    `keys end ${environment.keyRules?.dryRun ? "never yet (dryRun)" : "by rule"}; next run ${run === undefined ? "never" : inZone(run, schedule.timeZone)}`,
  ];
}

function whom({ keyRules }: Environment, reached: readonly LockOut[]): string {
  if (reached.length === 0) return "";
  const owners = reached.map(({ owner }) => owner).join(", ");
  return keyRules?.lastKeyStays
    ? `, for ${owners}: the last key that sets others to Active stays`
    : `, for ${owners}: every key can come under a rule`;
}

/** Where something is weaker by declaration; in words it is told by the synthesis and by `access`. */
function weaknesses(environment: Environment, all: readonly Environment[]): readonly string[] {
  const declared = declaredWeaknesses(environment, all).map(({ declaredAt = "" }) => declaredAt);
  return declared.length === 0 ? ["none is declared"] : declared;
}
