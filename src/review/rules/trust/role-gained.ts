import { defineRule } from "../../../findings/rule";
import type { Severity } from "../../../findings/severity";
import { conditionsText } from "../../condition-words";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { ADMINISTRATOR_GAINED } from "../access/administrator-gained";
import { isGuardedTrust, openness } from "./openness";
import type { TrustGain } from "./trust-gain";

export const ROLE_GAINED = defineRule({
  id: "role-gained",
  area: "review",
  title: "Somebody may assume a role who could not",
  severities: ["critical", "high", "medium", "info"],
  why: "A trust policy decides who gets the role's permissions. Anybody, a whole other account or a token without a subject weighs critical; a principal without MFA high; behind MFA or for an AWS service medium.",
  example: {
    before: '"Principal": { "AWS": ["arn:aws:iam::111122223333:user/baseline/device/work"] }',
    after:
      '"Principal": { "AWS": ["arn:aws:iam::111122223333:user/baseline/device/work", "arn:aws:iam::111122223333:user/baseline/device/home"] }',
  },
  remedy: "Grant it only if it is meant, with MFA, a network and one hour.",
  reference: {
    title: "How to use trust policies with IAM roles",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html",
  },
  since: "0.1.0",
});

export function roleGained(gain: TrustGain): Draft {
  const { patterns, difference, context, base } = gain;
  const { before, after, settings } = context;
  const { clauses } = difference.grant;
  const isAdministrator = settings.isAdministrator(after);
  const role = shownName(after.name);
  const isGuarded = isGuardedTrust(clauses, patterns);
  const open = openness(gain);
  const isCreation =
    before === undefined &&
    settings.isNew &&
    open === undefined &&
    (isGuarded || (isService(patterns) && !isAdministrator));
  const them = base.subjects.length === 1 ? "it" : "them";
  return {
    ...base,
    rule: isAdministrator ? ADMINISTRATOR_GAINED : ROLE_GAINED,
    severity: isCreation ? "info" : (open ?? closedSeverity(patterns, isGuarded, isAdministrator)),
    category: "access",
    predicate: `gains ${role.replace(/-?\*$/, "")}: role ${role} now trusts ${them}${conditionsText(clauses)}${isAdministrator ? "; the role has administrator rights" : ""}`,
    remedy: ROLE_GAINED.remedy,
    isNote: isCreation,
  };
}

function closedSeverity(patterns: readonly string[], isGuarded: boolean, isAdministrator: boolean): Severity {
  if (isAdministrator) return isGuarded ? "high" : "critical";
  if (isService(patterns)) return "medium";
  return isGuarded ? "medium" : "high";
}

function isService(patterns: readonly string[]): boolean {
  return patterns.every((text) => text.startsWith("Service "));
}
