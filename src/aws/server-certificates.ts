import { type IAMClient, ListServerCertificatesCommand } from "@aws-sdk/client-iam";
import type { ServerCertificate } from "../credentials/audit/audit-input";

/** Every server certificate of the account. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html */
export async function listServerCertificates(client: IAMClient): Promise<readonly ServerCertificate[]> {
  const certificates: ServerCertificate[] = [];
  for (let marker: string | undefined; ; ) {
    const page = await client.send(new ListServerCertificatesCommand({ Marker: marker, MaxItems: 1000 }));
    for (const { ServerCertificateName, Expiration } of page.ServerCertificateMetadataList ?? []) {
      if (ServerCertificateName === undefined || Expiration === undefined) {
        throw new Error("ListServerCertificates: an answer without name or expiration");
      }
      certificates.push({ name: ServerCertificateName, expiration: Expiration });
    }
    if (page.IsTruncated !== true) return certificates;
    if (page.Marker === undefined)
      throw new Error("ListServerCertificates: IAM said that more follows, and not where");
    marker = page.Marker;
  }
}
