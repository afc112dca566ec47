import { defineRefusal } from "../findings/refusal";
import type { Violation } from "../findings/violation";
import { completed, type Environment, type EnvironmentInput, environmentSchema } from "./environment";
import { hiddenKeys } from "./hidden-keys";
import { presetFaults } from "./preset-faults";
import { acceptancesNameFindings } from "./rules/acceptances";
import { accountsAreApart, environmentsAreApart, singletonsHaveOneOwner } from "./rules/accounts";
import { detectionIsValid, sessionsAreToldApart } from "./rules/detection";
import { documentsAreOfPolicies } from "./rules/documents";
import { existingIsValid } from "./rules/existing";
import { federationIsExact, identityProvidersAreValid } from "./rules/federation";
import { keyRulesAreValid } from "./rules/key-rules";
import { namesAreUnique, namesAreValid } from "./rules/names";
import { networksRestrict } from "./rules/networks";
import { accountsHaveRoom } from "./rules/quotas";
import { reactivationIsReviewed } from "./rules/reactivation";
import { namesAreReal } from "./rules/real-names";
import {
  assumersAreGuarded,
  devicesHaveGroups,
  repositoriesHaveGroups,
  rolesAreAssumable,
  rolesExist,
} from "./rules/references";
import { nothingIsRepeated } from "./rules/repetitions";
import {
  administratorAccessIsIntended,
  managedPoliciesAreNamed,
  rolesCarryNoUserPolicies,
} from "./rules/role-policies";
import { ciGroupsHaveRights, rolesHaveRights } from "./rules/role-rights";
import { trustIsExact } from "./rules/role-trust";
import { rootCanRecover } from "./rules/root-user";
import { type EnvironmentRule, environmentFile } from "./rules/rule";
import { statementsAreAccepted } from "./rules/statement-syntax";
import { descriptionsAreValid, tagsAreValid } from "./rules/text";
import { locationOf, schemaViolations } from "./schema-violations";

export const KEY_RESERVED = defineRefusal({
  code: "key-reserved",
  title: "A name is one that JavaScript keeps for itself",
  why: "`{ __proto__: ... }` declares nothing: what is written under it would be left out in silence.",
  example:
    'environments/prod.ts: devices.__proto__: a name that JavaScript does not keep for itself, got "__proto__", under which nothing is ever declared; rename it [key-reserved]',
  remedy: "Rename it.",
  since: "0.2.0",
});

export type Validation =
  | { readonly valid: true; readonly environments: readonly Environment[] }
  | {
      readonly valid: false;
      readonly violations: readonly Violation[];
      /** Those whose shape is right, for whoever can tell more of them. */
      readonly read: readonly Environment[];
    };

/** The rules that go beyond the shape of one value. `now` decides which daylight-saving changes lie ahead. */
const rules = (now: Date): readonly EnvironmentRule[] => [
  environmentsAreApart,
  accountsAreApart,
  singletonsHaveOneOwner,
  namesAreValid,
  namesAreUnique,
  existingIsValid,
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
  statementsAreAccepted,
  namesAreReal,
  nothingIsRepeated,
  rolesHaveRights,
  ciGroupsHaveRights,
  acceptancesNameFindings,
  documentsAreOfPolicies,
  trustIsExact,
  identityProvidersAreValid,
  federationIsExact,
  reactivationIsReviewed,
  accountsHaveRoom,
  rootCanRecover,
  detectionIsValid(now),
  sessionsAreToldApart,
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
    const name: unknown = (input as { name?: unknown } | null | undefined)?.name;
    const file = isNamed(name) ? environmentFile(name) : `environments/index.ts: [${position}]`;
    violations.push(
      ...hiddenKeys(input).map((path) => hiddenKey(file, path)),
      ...presetViolations(file, input),
    );
    if (parsed.success) environments.push(completed(parsed.data));
    else {
      unread.add(String(name));
      violations.push(...schemaViolations(file, environmentSchema, input, parsed.error.issues));
    }
  }
  for (const environment of environments) {
    for (const rule of rules(now)) violations.push(...rule(environment, environments, unread));
  }
  return violations.length === 0
    ? { valid: true, environments }
    : { valid: false, violations, read: environments };
}

const isNamed = (name: unknown): name is string => typeof name === "string" && /^[a-z0-9-]+$/.test(name);

const hiddenKey = (file: string, path: readonly PropertyKey[]): Violation => ({
  code: KEY_RESERVED.code,
  location: locationOf(file, path),
  expected: "a name that JavaScript does not keep for itself",
  got: '"__proto__", under which nothing is ever declared',
  remedy: "rename it",
});

/** What the presets of an environment's roles were given and cannot use. */
function presetViolations(file: string, input: unknown): readonly Violation[] {
  const roles: unknown = (input as { roles?: unknown } | null | undefined)?.roles;
  return Object.entries(roles ?? {}).flatMap(([role, made]) =>
    presetFaults(made).flatMap(({ preset, issue, schema, settings }) =>
      schemaViolations(`${locationOf(file, ["roles", role])}: ${preset}`, schema, settings, [issue]),
    ),
  );
}
