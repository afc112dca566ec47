import { keyRulesOf, ownedDevicesOf } from "../../credentials/environment-credentials";
import { findLockOuts } from "../../credentials/lock-out";
import { ACCOUNT_ACCESS } from "../../environment/account-access";
import type { Environment } from "../../environment/environment";
import { breakGlassThatAssume, devicesThatAssume } from "../../environment/role-references";
import type { Role } from "../../environment/roles";
import { environmentFile } from "../../environment/source-file";
import type { Finding } from "../../findings/finding";
import { defineRule } from "../../findings/rule";
import type { DeclaredWeakness } from "./proof";

export const WEAKNESS_DECLARED = defineRule({
  id: "weakness-declared",
  area: "proof",
  title: "An environment is weaker than the baseline by what it declares",
  severities: ["info"],
  why: "Nothing is broken: somebody decided it and wrote it down. Whoever relies on the baseline has to know of it all the same: each report lists it, until the declaration is gone.",
  example: {
    before: "developerGroups: { developers: { guard: { networks: false } } } // keys work from any address",
    after: "developerGroups: { developers: {} }",
  },
  remedy: "Take the declaration back as soon as what it was made for has passed.",
  since: "0.2.0",
});

type Weakness = Omit<DeclaredWeakness, "environment" | "declaredAt"> & { readonly at: readonly string[] };

/**
 * All that an environment weakens by declaration, without a policy being asked: `prove` tells besides what of it only
 * the policies say. An environment as it is shipped for one person has none.
 *
 * @param all every environment: roles are assumed across them
 */
export function declaredWeaknesses(
  environment: Environment,
  all: readonly Environment[],
): readonly DeclaredWeakness[] {
  return [
    ...guardsSwitchedOff(environment),
    ...Object.entries(environment.roles).flatMap(([name, role]) =>
      ofRole(name, role, assumedByUsers(environment, all, name)),
    ),
    ...ofRecovery(environment),
    ...ofKeyRules(environment),
    ...ofNames(environment),
  ].map(({ at, ...weakness }) => ({
    environment: environment.name,
    declaredAt: at.join("."),
    ...weakness,
  }));
}

/** One weakness as a finding, for whoever lists those. */
export function weaknessFinding({ environment, subject, message, declaredAt }: DeclaredWeakness): Finding {
  return {
    rule: WEAKNESS_DECLARED.id,
    severity: "info",
    address: subject,
    environment,
    message,
    remedy:
      declaredAt === undefined
        ? WEAKNESS_DECLARED.remedy
        : `take ${declaredAt} of ${environmentFile(environment)} back as soon as what it was made for has passed`,
  };
}

function guardsSwitchedOff({ developerGroups }: Environment): readonly Weakness[] {
  return Object.entries(developerGroups).flatMap(([name, { guard }]) =>
    (["mfa", "networks"] as const)
      .filter((part) => !guard[part])
      .map((part) => ({
        subject: `group/${name}`,
        message: `the ${part} part of the guard is switched off`,
        at: ["developerGroups", name, "guard", part],
      })),
  );
}

function assumedByUsers(environment: Environment, all: readonly Environment[], role: string): boolean {
  return (
    devicesThatAssume(all, { environment: environment.name, role }).length > 0 ||
    breakGlassThatAssume(environment, role).length > 0
  );
}

function ofRole(name: string, role: Role, byUsers: boolean): readonly Weakness[] {
  const { trust, github, saml, permissionSet, service, administrator } = role;
  const of = (message: string, ...at: readonly string[]): Weakness => ({
    subject: `role/${name}`,
    message,
    at: ["roles", name, ...at],
  });
  const leads = administrator ? "; the role holds administrator rights" : "";
  return [
    ...(byUsers && !trust.networks ? [of("it is assumed from any network", "trust", "networks")] : []),
    ...(saml === undefined
      ? []
      : [
          of(
            `people of the SAML provider ${saml.provider} assume it, whose MFA is the identity provider's to ask: no request says whether there was one${leads}`,
            "saml",
          ),
        ]),
    ...(permissionSet === undefined
      ? []
      : [
          of(
            `people of the permission set ${permissionSet.name} assume it, whose MFA is Identity Center's to ask: no request says whether there was one${leads}`,
            "permissionSet",
          ),
        ]),
    ...(service?.principal === ACCOUNT_ACCESS
      ? [
          of(
            `people to whom account access manager gives it assume it, from any network, whose MFA is Identity Center's to ask: no request says whether there was one${leads}`,
            "service",
          ),
        ]
      : []),
    ...(administrator && github?.environment !== undefined
      ? [
          of(
            `jobs of the GitHub environment "${github.environment}" of ${github.repository} hold administrator rights without MFA`,
            "github",
            "environment",
          ),
        ]
      : []),
    ...(administrator && trust.externalUsers.length > 0
      ? [
          of(
            `users of other organizations hold administrator rights: ${trust.externalUsers.join(", ")}`,
            "trust",
            "externalUsers",
          ),
        ]
      : []),
  ];
}

/** With root as the way back, whom it has to bring back, and from when on. */
function ofRecovery(environment: Environment): readonly Weakness[] {
  if (typeof environment.recovery !== "object") return [];
  const rules = keyRulesOf(environment);
  if (rules === undefined) return [];
  const owners = findLockOuts(ownedDevicesOf(environment), rules).map(({ owner }) => owner);
  if (owners.length === 0) return [];
  const more = owners.length > SHOWN ? ` and ${owners.length - SHOWN} more` : "";
  return [
    {
      subject: "recovery/root",
      message: `only the root user brings ${owners.slice(0, SHOWN).join(", ")}${more} back once the rules have ended every key of theirs`,
      at: ["recovery", "root"],
    },
  ];
}

/** So many owners by name. */
const SHOWN = 5;

function ofKeyRules({ keyRules }: Environment): readonly Weakness[] {
  return (keyRules?.exemptPaths ?? []).map((path, index) => ({
    subject: `path ${path}`,
    message: "no rule ends a key of the users below it",
    at: ["keyRules", `exemptPaths[${index}]`],
  }));
}

function ofNames({ allowUnknown }: Environment): readonly Weakness[] {
  return Object.entries(allowUnknown).map(([name, reason]) => ({
    subject: name,
    message: `no list has this name, and it stands: ${reason}`,
    at: ["allowUnknown", name],
  }));
}
