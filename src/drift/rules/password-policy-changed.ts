import { defineRule } from "../../findings/rule";
import { attributeLines, attributeText } from "../attribute-text";
import { deployCommand } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { ChangedAttribute } from "../plan/resource-fact";

export const PASSWORD_POLICY_CHANGED = defineRule({
  id: "password-policy-changed",
  area: "drift",
  title: "The password policy of the account is not the declared one",
  severities: ["medium", "low"],
  why: "It holds for every password of the account, also for those that somebody makes by hand. It is medium where it is weaker than declared or gone, and low where it is stricter.",
  example: {
    before: "aws iam update-account-password-policy --minimum-password-length 8",
    after: "the minimum length is 14, as declared",
  },
  remedy: "Deploy the stack, which puts it back.",
  reference: {
    title: "IAM: account password policy",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
  },
  since: "0.1.0",
});

export const PASSWORD_POLICY = "aws_iam_account_password_policy";

/** Attributes in Terraform's words, from a plan or from the account itself. */
export interface PasswordPolicyFact {
  readonly address: string;
  readonly stack: string;
  readonly attributes: readonly ChangedAttribute[];
  /** The account has none, so that AWS's own default holds. */
  readonly isDeleted: boolean;
}

export const passwordPolicyChanged: DriftRule<PasswordPolicyFact, "password-policy-changed"> = {
  declaration: PASSWORD_POLICY_CHANGED,
  judge({ attributes, isDeleted }, { actual }) {
    const changes = attributes.map((attribute) => attributeText(attribute, actual)).join(", ");
    return {
      severity: isDeleted || attributes.some(isWeaker) ? "medium" : "low",
      message: isDeleted
        ? "The password policy of the account was deleted: AWS's own default holds, with 8 characters and passwords that never end."
        : `The password policy of the account was changed: ${changes}.`,
      evidence: attributeLines(attributes),
    };
  },
  remedy: ({ stack }) => `Run ${deployCommand(stack)}, which puts it back.`,
  trail: () => ({ events: ["UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy"] }),
};

/** Shorter, fewer, off: but for the age, where less is stricter. */
function isWeaker({ name, declared, actual }: ChangedAttribute): boolean {
  if (name === "max_password_age") return Number(actual ?? 0) === 0 || Number(actual) > Number(declared ?? 0);
  if (name === "allow_users_to_change_password" || name === "hard_expiry") return false;
  return Number(actual ?? 0) < Number(declared ?? 0);
}
