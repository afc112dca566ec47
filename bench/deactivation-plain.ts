/** The job of the nightly run as it is commonly written: every user after the other, the last use of every key. */
import {
  GetAccessKeyLastUsedCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUsersCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";

const DAY_MS = 86_400_000;

export async function handler(): Promise<{ readonly deactivated: number }> {
  const iam = new IAMClient({});
  let deactivated = 0;
  for (let marker: string | undefined; ; ) {
    const users = await iam.send(new ListUsersCommand({ Marker: marker }));
    for (const { UserName, Path = "/" } of users.Users ?? []) {
      const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
      for (const { AccessKeyId, Status, CreateDate } of AccessKeyMetadata) {
        const { AccessKeyLastUsed } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
        const idle =
          (Date.now() - (AccessKeyLastUsed?.LastUsedDate ?? CreateDate ?? new Date()).getTime()) / DAY_MS;
        const nightly = Path === "/baseline/device/";
        if (Status === "Active" && (nightly || idle >= 45)) {
          await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: "Inactive" }));
          deactivated += 1;
        }
      }
    }
    if (users.IsTruncated !== true) return { deactivated };
    marker = users.Marker;
  }
}
