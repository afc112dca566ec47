import {
  GetAccountPasswordPolicyCommand,
  type IAMClient,
  ListServerCertificatesCommand,
} from "@aws-sdk/client-iam";
import { isNamed } from "./sdk-error";

/** A certificate that IAM keeps for load balancers and CloudFront. */
export interface ServerCertificate {
  readonly name: string;
  readonly arn: string;
  readonly expiration: Date;
}

/** Every server certificate of the account. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html */
export async function listServerCertificates(client: IAMClient): Promise<readonly ServerCertificate[]> {
  const certificates: ServerCertificate[] = [];
  for (let marker: string | undefined; ; ) {
    const page = await client.send(new ListServerCertificatesCommand({ Marker: marker, MaxItems: 1000 }));
    for (const { ServerCertificateName, Arn, Expiration } of page.ServerCertificateMetadataList ?? []) {
      if (ServerCertificateName === undefined || Arn === undefined || Expiration === undefined) {
        throw new Error("ListServerCertificates: an answer without name, ARN or expiration");
      }
      certificates.push({ name: ServerCertificateName, arn: Arn, expiration: Expiration });
    }
    if (page.IsTruncated !== true) return certificates;
    if (page.Marker === undefined)
      throw new Error("ListServerCertificates: IAM said that more follows, and not where");
    marker = page.Marker;
  }
}

/** How many days a password lasts by the account's policy; `"never expires"` also where the account has no policy. */
export async function passwordMaxAge(client: IAMClient): Promise<number | "never expires"> {
  try {
    const { PasswordPolicy } = await client.send(new GetAccountPasswordPolicyCommand({}));
    return PasswordPolicy?.MaxPasswordAge ?? "never expires";
  } catch (error) {
    if (isNamed(error, "NoSuchEntity", "NoSuchEntityException")) return "never expires";
    throw error;
  }
}
