import type { DeviceCredentials, SecretKey } from "../../aws/device-credentials";
import type { DeviceSessions } from "../../aws/device-sessions";
import { maskAccessKeyId } from "../../findings/mask";
import type { Interaction } from "../interaction";
import type { Log } from "../keys/log-line";
import type { KeyStore } from "./key-store";
import { isUnknownKey, whenKnown } from "./retrying";

export interface Replacement {
  readonly userName: string;
  readonly old: SecretKey;
  /** As the device itself, with MFA. */
  readonly iam: DeviceCredentials;
  readonly sessions: DeviceSessions;
  readonly store: KeyStore;
  /** A further trial of the new key before the old one goes. */
  readonly prove?: (key: SecretKey) => Promise<void>;
}

/**
 * Makes a key, hands it over, tries it, and deletes the old one. Where the new one cannot be handed over or does not
 * work, the old one stays where it was and the new one goes.
 *
 * @throws the error of the step that failed, with the old key in place
 */
export async function replaceKey(
  { userName, old, iam, sessions, store, prove }: Replacement,
  talk: Interaction,
  log: Log,
): Promise<SecretKey> {
  const key = await iam.createKey(userName);
  log("device.key-made", { user: userName, key: maskAccessKeyId(key.accessKeyId) });
  let handedOver = false;
  try {
    await store.put(key);
    handedOver = true;
    log("device.key-handed-over", { user: userName, to: store.name });
    await whenKnown(talk, isUnknownKey, () => sessions.identity(key));
    await prove?.(key);
  } catch (error) {
    if (handedOver) await store.put(old);
    await iam.deleteKey(userName, key.accessKeyId);
    log("device.undone", { user: userName, key: maskAccessKeyId(key.accessKeyId) });
    throw error;
  }
  await iam.deleteKey(userName, old.accessKeyId);
  log("device.key-deleted", { user: userName, key: maskAccessKeyId(old.accessKeyId) });
  return key;
}
