import type { Violation } from "../findings/violation";
import { completed, type Environment, type EnvironmentInput, environmentSchema } from "./environment";
import { accountsAreApart, environmentsAreApart, singletonsHaveOneOwner } from "./rules/accounts";
import { federationIsExact, identityProvidersAreValid } from "./rules/federation";
import { keyRulesAreValid } from "./rules/key-rules";
import { namesAreUnique, namesAreValid } from "./rules/names";
import { networksRestrict } from "./rules/networks";
import { accountsHaveRoom } from "./rules/quotas";
import { reactivationIsReviewed } from "./rules/reactivation";
import {
  assumersAreGuarded,
  devicesHaveGroups,
  repositoriesHaveGroups,
  rolesAreAssumable,
  rolesExist,
} from "./rules/references";
import {
  administratorAccessIsIntended,
  managedPoliciesAreNamed,
  rolesCarryNoUserPolicies,
} from "./rules/role-policies";
import { trustIsExact } from "./rules/role-trust";
import { rootCanRecover } from "./rules/root-user";
import { type EnvironmentRule, environmentFile } from "./rules/rule";
import { descriptionsAreValid, tagsAreValid } from "./rules/text";
import { schemaViolations } from "./schema-violations";

export type Validation =
  | { readonly valid: true; readonly environments: readonly Environment[] }
  | { readonly valid: false; readonly violations: readonly Violation[] };

/** The rules that go beyond the shape of one value. `now` decides which daylight-saving changes lie ahead. */
const rules = (now: Date): readonly EnvironmentRule[] => [
  environmentsAreApart,
  accountsAreApart,
  singletonsHaveOneOwner,
  namesAreValid,
  namesAreUnique,
  networksRestrict,
  tagsAreValid,
  descriptionsAreValid,
  devicesHaveGroups,
  repositoriesHaveGroups,
  assumersAreGuarded,
  rolesExist,
  rolesAreAssumable,
  rolesCarryNoUserPolicies,
  administratorAccessIsIntended,
  managedPoliciesAreNamed,
  trustIsExact,
  identityProvidersAreValid,
  federationIsExact,
  reactivationIsReviewed,
  accountsHaveRoom,
  rootCanRecover,
  keyRulesAreValid(now),
];

/**
 * Validates all environments together, and fills in the defaults. Every violation of every file is told at once.
 * Changes nothing and never throws for what a person wrote.
 */
export function validateEnvironments(inputs: readonly EnvironmentInput[], now: Date): Validation {
  const environments: Environment[] = [];
  const unread = new Set<string>();
  const violations: Violation[] = [];
  for (const [position, input] of inputs.entries()) {
    const parsed = environmentSchema.safeParse(input);
    if (parsed.success) {
      environments.push(completed(parsed.data));
      continue;
    }
    const name: unknown = (input as { name?: unknown } | null | undefined)?.name;
    unread.add(String(name));
    const file =
      typeof name === "string" && /^[a-z0-9-]+$/.test(name)
        ? environmentFile(name)
        : `environments/index.ts: [${position}]`;
    violations.push(...schemaViolations(file, environmentSchema, input, parsed.error.issues));
  }
  for (const environment of environments) {
    for (const rule of rules(now)) violations.push(...rule(environment, environments, unread));
  }
  return violations.length === 0 ? { valid: true, environments } : { valid: false, violations };
}
