import { defineRule } from "../../../findings/rule";
import type { AccountRule } from "../audit-rule";
import { whyNotAsked } from "../audit-rule";
import { auditedUsers, ofUser } from "../audited-user";

export const SERVICE_SPECIFIC_CREDENTIAL_ACTIVE = defineRule({
  id: "service-specific-credential-active",
  area: "audit",
  title: "A user has an active service-specific credential",
  severities: ["high"],
  why: "It is a password or API key for one service, such as CodeCommit or Bedrock: it needs no signature, no MFA and no network, and the credential report does not show it.",
  example: {
    before:
      "aws iam create-service-specific-credential --user-name work --service-name bedrock.amazonaws.com",
    after: "the credential is Inactive, then deleted",
  },
  remedy:
    "Deactivate it: aws iam update-service-specific-credential --status Inactive; delete it when nobody misses it.",
  reference: {
    title: "IAM API: UpdateServiceSpecificCredential",
    url: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html",
  },
  since: "0.2.0",
});

export const serviceSpecificCredentialActive: AccountRule = {
  declaration: SERVICE_SPECIFIC_CREDENTIAL_ACTIVE,
  judge(input) {
    const { otherCredentials } = input;
    const services = otherCredentials?.serviceSpecific;
    if (services === undefined) return [{ notChecked: whyNotAsked(otherCredentials) }];
    return auditedUsers(input).flatMap(({ row, address }) => {
      const active = ofUser(services, row.user) ?? [];
      if (active.length === 0) return [];
      return [
        {
          severity: "high" as const,
          address,
          message: `The user has an active service-specific credential for ${[...active].sort().join(" and ")}: a password or API key that needs no signature, no MFA and no network, and that no rule ends.`,
          remedy: SERVICE_SPECIFIC_CREDENTIAL_ACTIVE.remedy,
        },
      ];
    });
  },
};
