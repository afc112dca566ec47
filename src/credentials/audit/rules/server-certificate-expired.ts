import { defineRule } from "../../../findings/rule";
import { CIS } from "../audit-limits";
import type { AccountRule } from "../audit-rule";

export const SERVER_CERTIFICATE_EXPIRED = defineRule({
  id: "server-certificate-expired",
  area: "audit",
  title: "A server certificate of IAM has expired",
  severities: ["medium"],
  why: "It is left over from before ACM. Whatever still serves it shows visitors an error, and nobody looks after it.",
  example: {
    before: "aws iam list-server-certificates: Expiration in the past",
    after: "the certificate is deleted",
  },
  remedy: "Delete it once no load balancer or distribution uses it: aws iam delete-server-certificate.",
  reference: { title: `${CIS}, 2.17` },
  since: "0.1.0",
});

export const serverCertificateExpired: AccountRule = {
  declaration: SERVER_CERTIFICATE_EXPIRED,
  inChargeOnly: true,
  judge({ serverCertificates, now }) {
    if (serverCertificates === undefined) {
      return [{ notChecked: "the account's server certificates were not listed" }];
    }
    return serverCertificates
      .filter(({ expiration }) => expiration.getTime() <= now.getTime())
      .map(({ name, expiration }) => ({
        severity: "medium",
        address: `server-certificate/${name}`,
        message: `The server certificate expired at ${expiration.toISOString()}.`,
        remedy: SERVER_CERTIFICATE_EXPIRED.remedy,
      }));
  },
};
