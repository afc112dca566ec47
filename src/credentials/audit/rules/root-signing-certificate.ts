import { defineRule } from "../../../findings/rule";
import type { RootRule } from "../audit-rule";

export const ROOT_SIGNING_CERTIFICATE = defineRule({
  id: "root-signing-certificate",
  area: "audit",
  title: "The root user has an active signing certificate",
  severities: ["high"],
  why: "It is a credential like a key: it signs requests as root, without MFA, and no policy limits them.",
  example: {
    before: "credential report: <root_account>, cert_1_active = true",
    after: "cert_1_active and cert_2_active are false",
  },
  remedy: "Deactivate and delete it as root in the console.",
  reference: {
    title: "IAM User Guide: root user best practices",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
  },
  since: "0.1.0",
});

export const rootSigningCertificate: RootRule = {
  declaration: ROOT_SIGNING_CERTIFICATE,
  judge: ({ certificates }) =>
    certificates.some(({ active }) => active)
      ? [
          {
            severity: "high",
            message: "The root user has an active signing certificate, a credential like a key.",
            remedy: ROOT_SIGNING_CERTIFICATE.remedy,
          },
        ]
      : [],
};
