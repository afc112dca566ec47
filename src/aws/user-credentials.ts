import {
  GetLoginProfileCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
} from "@aws-sdk/client-iam";
import { maskAccessKeyId } from "../findings/mask";
import type { Answer, InventoryCredential, UserCredentials } from "./inventory";
import { pages } from "./pages";
import { describeError, isNamed } from "./sdk-error";
import { type ServiceCredentials, serviceCredentialsOf } from "./service-credentials";

/** After so many users in a row without an answer, a question is not asked of the others. */
const GIVE_UP_AFTER = 2;

/**
 * Asks IAM for the credentials of users, one user after another, five questions each. A question that IAM refuses
 * again and again (no permission, not implemented) is given up, so that it costs two users' retries and not all.
 */
export class UserCredentialReader {
  private readonly refusals = new Map<string, { count: number; reason: string }>();

  /** @param serviceCredentials those of every user, where one list tells them; else each user is asked about */
  constructor(
    private readonly client: IAMClient,
    private readonly serviceCredentials: ServiceCredentials | undefined,
  ) {}

  async read(userName: string): Promise<UserCredentials> {
    return {
      loginProfile: await this.ask("GetLoginProfile", () => this.loginProfile(userName)),
      accessKeys: await this.ask("ListAccessKeys", () => this.accessKeys(userName)),
      mfaDevices: await this.ask("ListMFADevices", () => this.mfaDevices(userName)),
      sshPublicKeys: await this.ask("ListSSHPublicKeys", () => this.sshPublicKeys(userName)),
      serviceSpecificCredentials: await this.serviceCredentialsOf(userName),
      signingCertificates: await this.ask("ListSigningCertificates", () => this.certificates(userName)),
    };
  }

  private async serviceCredentialsOf(userName: string): Promise<Answer<readonly InventoryCredential[]>> {
    const all = this.serviceCredentials;
    if (all === undefined) {
      return this.ask("ListServiceSpecificCredentials", () => serviceCredentialsOf(this.client, userName));
    }
    return "value" in all ? { value: all.value.get(userName) ?? [] } : all;
  }

  private async ask<T>(call: string, question: () => Promise<T>): Promise<Answer<T>> {
    const refused = this.refusals.get(call);
    if (refused !== undefined && refused.count >= GIVE_UP_AFTER) return { notChecked: refused.reason };
    try {
      const value = await question();
      this.refusals.delete(call);
      return { value };
    } catch (error) {
      const reason = `${call}: ${describeError(error)}`;
      this.refusals.set(call, { count: (refused?.count ?? 0) + 1, reason });
      return { notChecked: reason };
    }
  }

  private async loginProfile(userName: string) {
    try {
      const { LoginProfile } = await this.client.send(new GetLoginProfileCommand({ UserName: userName }));
      return created(LoginProfile?.CreateDate);
    } catch (error) {
      if (isNamed(error, "NoSuchEntity", "NoSuchEntityException")) return null;
      throw error;
    }
  }

  private async accessKeys(userName: string) {
    const keys = [];
    for await (const { AccessKeyMetadata = [] } of pages("ListAccessKeys", (Marker) =>
      this.client.send(new ListAccessKeysCommand({ UserName: userName, Marker })),
    )) {
      for (const { AccessKeyId, Status, CreateDate } of AccessKeyMetadata) {
        const maskedId = maskAccessKeyId(AccessKeyId ?? "");
        keys.push({ maskedId, status: Status ?? "", ...created(CreateDate) });
      }
    }
    return keys;
  }

  private async mfaDevices(userName: string) {
    const serials: string[] = [];
    for await (const { MFADevices = [] } of pages("ListMFADevices", (Marker) =>
      this.client.send(new ListMFADevicesCommand({ UserName: userName, Marker })),
    )) {
      serials.push(...MFADevices.map(({ SerialNumber }) => SerialNumber ?? ""));
    }
    return serials;
  }

  private async sshPublicKeys(userName: string) {
    const keys = [];
    for await (const { SSHPublicKeys = [] } of pages("ListSSHPublicKeys", (Marker) =>
      this.client.send(new ListSSHPublicKeysCommand({ UserName: userName, Marker })),
    )) {
      for (const { Status, UploadDate } of SSHPublicKeys) {
        keys.push({ status: Status ?? "", ...created(UploadDate) });
      }
    }
    return keys;
  }

  private async certificates(userName: string) {
    const certificates = [];
    for await (const { Certificates = [] } of pages("ListSigningCertificates", (Marker) =>
      this.client.send(new ListSigningCertificatesCommand({ UserName: userName, Marker })),
    )) {
      for (const { Status, UploadDate } of Certificates) {
        certificates.push({ status: Status ?? "", ...created(UploadDate) });
      }
    }
    return certificates;
  }
}

function created(date: Date | undefined): { createDate?: string } {
  return date === undefined ? {} : { createDate: date.toISOString() };
}
