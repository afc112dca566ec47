import { toString as qrCode } from "qrcode";
import type { DeviceCredentials } from "../../aws/device-credentials";
import type { MfaFact } from "../../credentials/device-facts";
import type { Interaction } from "../interaction";
import type { Log } from "../keys/log-line";
import type { Codes } from "./codes";

export interface Enrolment {
  readonly userName: string;
  readonly accountId: string;
  readonly serial: string;
  readonly state: MfaFact["state"];
  /** Show the seed as text too, for an app that has no camera. */
  readonly showSeed: boolean;
}

/**
 * Makes an MFA device, shows its QR code to the person at the terminal, and enrols it by two consecutive codes. The seed
 * is nowhere else. A device that was made before and never enrolled goes first: its seed is lost.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html
 */
export async function enrolMfa(
  { userName, accountId, serial, state, showSeed }: Enrolment,
  iam: DeviceCredentials,
  codes: Codes,
  talk: Interaction,
  log: Log,
): Promise<void> {
  if (state === "abandoned") {
    await iam.deleteMfa(serial);
    log("device.mfa-deleted", { user: userName, because: "it was never enrolled" });
  }
  const seed = await iam.createMfa(userName);
  log("device.mfa-made", { user: userName });
  talk.show(await qrCode(enrolmentUrl(seed, userName, accountId), { type: "terminal", small: true }));
  talk.show("Scan it with the authenticator app. It is shown once.");
  if (showSeed) talk.show(`Or type this key into the app: ${seed}`);
  const first = await codes.next("First code");
  const second = await codes.next("Next code");
  await iam.enableMfa(userName, serial, [first, second]);
  log("device.mfa-enrolled", { user: userName });
}

/** @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function enrolmentUrl(seed: string, userName: string, accountId: string): string {
  const issuer = "Amazon Web Services";
  const label = encodeURIComponent(`${issuer}:${userName}@${accountId}`).replace("%3A", ":");
  return `otpauth://totp/${label}?secret=${seed}&issuer=${encodeURIComponent(issuer)}`;
}
