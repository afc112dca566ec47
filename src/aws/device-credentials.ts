import {
  CreateAccessKeyCommand,
  CreateVirtualMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { KeyFact, MfaFact } from "../credentials/device-facts";
import { pages } from "./pages";
import { isNamed } from "./sdk-error";

/** An access key with its secret: kept in memory, handed on, never printed or written. */
export interface SecretKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What onboarding and rotating ask of IAM, for one user. */
export interface DeviceCredentials {
  /** @returns undefined where there is no such user */
  keys(userName: string): Promise<readonly KeyFact[] | undefined>;
  mfa(userName: string, serial: string): Promise<MfaFact>;
  createKey(userName: string): Promise<SecretKey>;
  deleteKey(userName: string, accessKeyId: string): Promise<void>;
  deactivateKey(userName: string, accessKeyId: string): Promise<void>;
  /** @returns the seed in base32 */
  createMfa(name: string): Promise<string>;
  deleteMfa(serial: string): Promise<void>;
  enableMfa(userName: string, serial: string, codes: readonly [string, string]): Promise<void>;
}

/**
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html
 */
export function deviceCredentials(client: IAMClient): DeviceCredentials {
  return {
    async keys(userName) {
      const found: KeyFact[] = [];
      try {
        const ask = (Marker: string | undefined) =>
          client.send(new ListAccessKeysCommand({ UserName: userName, Marker }));
        for await (const page of pages("ListAccessKeys", ask)) {
          if (page.AccessKeyMetadata === undefined) throw new Error("ListAccessKeys: an answer without keys");
          for (const { AccessKeyId, Status, CreateDate } of page.AccessKeyMetadata) {
            if (AccessKeyId === undefined || CreateDate === undefined) continue;
            const { AccessKeyLastUsed } = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
            found.push({
              accessKeyId: AccessKeyId,
              active: Status === "Active",
              createDate: CreateDate,
              lastUsed: AccessKeyLastUsed?.LastUsedDate,
            });
          }
        }
      } catch (error) {
        if (isNamed(error, "NoSuchEntityException", "NoSuchEntity")) return undefined;
        throw error;
      }
      return found.sort((left, right) => left.createDate.getTime() - right.createDate.getTime());
    },

    async mfa(userName, serial) {
      const ask = (Marker: string | undefined) =>
        client.send(new ListMFADevicesCommand({ UserName: userName, Marker }));
      for await (const page of pages("ListMFADevices", ask)) {
        const own = page.MFADevices?.find(({ SerialNumber }) => SerialNumber === serial);
        if (own !== undefined) return { state: "enrolled", since: own.EnableDate ?? new Date(0) };
        const [other] = page.MFADevices ?? [];
        if (other?.SerialNumber !== undefined) return { state: "another", serial: other.SerialNumber };
      }
      const unassigned = (Marker: string | undefined) =>
        client.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: "Unassigned", Marker }));
      for await (const page of pages("ListVirtualMFADevices", unassigned)) {
        if (page.VirtualMFADevices?.some(({ SerialNumber }) => SerialNumber === serial)) {
          return { state: "abandoned" };
        }
      }
      return { state: "none" };
    },

    async createKey(userName) {
      const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName: userName }));
      const { AccessKeyId, SecretAccessKey } = AccessKey ?? {};
      if (AccessKeyId === undefined || SecretAccessKey === undefined) {
        throw new Error("CreateAccessKey: an answer without a key");
      }
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
    },

    async deleteKey(userName, accessKeyId) {
      await client.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId }));
    },

    async deactivateKey(userName, accessKeyId) {
      await client.send(
        new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId, Status: "Inactive" }),
      );
    },

    async createMfa(name) {
      const { VirtualMFADevice } = await client.send(
        new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }),
      );
      const seed = VirtualMFADevice?.Base32StringSeed;
      if (seed === undefined) throw new Error("CreateVirtualMFADevice: an answer without a seed");
      // the SDK decodes the blob: its text is the base32 seed
      return Buffer.from(seed).toString("ascii");
    },

    async deleteMfa(serial) {
      await client.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serial }));
    },

    async enableMfa(userName, serial, [first, second]) {
      await client.send(
        new EnableMFADeviceCommand({
          UserName: userName,
          SerialNumber: serial,
          AuthenticationCode1: first,
          AuthenticationCode2: second,
        }),
      );
    },
  };
}
