import type { SecretKey } from "../../aws/device-credentials";
import type { DeviceSessions, Session } from "../../aws/device-sessions";
import type { Interaction } from "../interaction";
import type { Codes } from "./codes";
import { isRefusedCode, isUnknownKey, whenKnown } from "./retrying";

/** Codes that are asked for before it is given up: STS knows a new device after some ten seconds. */
const MOST_CODES = 4;

/** A session with MFA: asks for a code, and for the next one while STS does not know the device yet. */
export async function openSession(
  sessions: DeviceSessions,
  key: SecretKey,
  serial: string,
  seconds: number,
  codes: Codes,
  talk: Interaction,
): Promise<Session> {
  for (let attempt = 1; ; attempt += 1) {
    const code = await codes.next(attempt === 1 ? "Code for a session" : "STS did not take it. Next code");
    try {
      return await whenKnown(talk, isUnknownKey, () => sessions.open(key, serial, code, seconds));
    } catch (error) {
      if (!isRefusedCode(error) || attempt === MOST_CODES) throw error;
    }
  }
}
