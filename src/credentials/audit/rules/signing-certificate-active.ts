import { defineRule } from "../../../findings/rule";
import type { UserRule } from "../audit-rule";

export const SIGNING_CERTIFICATE_ACTIVE = defineRule({
  id: "signing-certificate-active",
  area: "audit",
  title: "A user has an active signing certificate",
  severities: ["medium"],
  why: "It is a credential that no key rule ends and no rotation touches.",
  example: {
    before: "credential report: cert_1_active = true",
    after: "cert_1_active and cert_2_active are false",
  },
  remedy:
    "Deactivate it: aws iam update-signing-certificate --status Inactive; delete it when nobody misses it.",
  reference: {
    title: "IAM API: UploadSigningCertificate",
    url: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html",
  },
  since: "0.1.0",
});

export const signingCertificateActive: UserRule = {
  declaration: SIGNING_CERTIFICATE_ACTIVE,
  judge: ({ row }) =>
    row.certificates.some(({ active }) => active)
      ? [
          {
            severity: "medium",
            message: "The user has an active signing certificate, a credential that no rule ends.",
            remedy: SIGNING_CERTIFICATE_ACTIVE.remedy,
          },
        ]
      : [],
};
