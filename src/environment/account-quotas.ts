import * as z from "zod";
import { quotas } from "./quotas";

/** A quota that AWS raises on request: from what every account has to where AWS stops. */
const raised = (least: number, most: number, words: string) =>
  z.number().int().min(least).max(most).optional().describe(`${words} Default ${least}, at most ${most}.`);

/**
 * Quotas that AWS raised for an account. Nothing is raised by writing it here: ask AWS first, `baseline doctor` tells
 * what is in force.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const accountQuotasSchema = z.strictObject({
  trustPolicyCharacters: raised(
    quotas.trustPolicyCharacters,
    8192,
    "Characters of a role's trust policy (L-C07B4B0D).",
  ),
  rolesPerAccount: raised(quotas.rolesPerAccount, 10_000, "Roles of the account."),
  groupsPerAccount: raised(quotas.groupsPerAccount, 500, "Groups of the account."),
  managedPoliciesPerAccount: raised(
    quotas.managedPoliciesPerAccount,
    10_000,
    "Customer managed policies of the account.",
  ),
  managedPoliciesPerRole: raised(quotas.managedPoliciesPerRole, 25, "Managed policies of a role."),
  managedPoliciesPerGroup: raised(
    quotas.managedPoliciesPerGroup,
    10,
    "Managed policies of a group; AWS does not raise it.",
  ),
});

export type AccountQuotas = z.output<typeof accountQuotasSchema>;
export type QuotaName = keyof typeof quotas;

/** The quotas in force in the account of an environment: the defaults, and what it says was raised. */
export function quotasOf({
  quotas: raisedQuotas,
}: {
  readonly quotas: AccountQuotas;
}): Readonly<Record<QuotaName, number>> {
  const set = Object.entries(raisedQuotas).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  return { ...quotas, ...Object.fromEntries(set) };
}
