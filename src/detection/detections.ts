import type { Detection } from "./detection";
import { ACCESS_CHANGED } from "./rules/access-changed";
import { BASELINE_TAMPERED } from "./rules/baseline-tampered";
import { BREAK_GLASS_USED } from "./rules/break-glass-used";
import { CONFIG_NONCOMPLIANT } from "./rules/config-noncompliant";
import { CONSOLE_SIGN_IN_OF_USER } from "./rules/console-sign-in";
import { CREDENTIAL_MADE } from "./rules/credential-made";
import { DELEGATED_ACCESS } from "./rules/delegated-access";
import { EXTERNAL_ACCESS_FOUND } from "./rules/external-access-found";
import { FEDERATION_TOKEN } from "./rules/federation-token";
import { GUARDDUTY_FINDING } from "./rules/guardduty-finding";
import { IDENTITY_MADE } from "./rules/identity-made";
import { IDENTITY_PROVIDER_CHANGED } from "./rules/identity-provider-changed";
import { KEY_CHANGED_BY_ANOTHER } from "./rules/key-changed-by-another";
import { KEY_REACTIVATED } from "./rules/key-reactivated";
import { KEYLESS_TRUST_CHANGED } from "./rules/keyless-trust-changed";
import { LEAKED_KEY } from "./rules/leaked-key";
import { MFA_CHANGED } from "./rules/mfa-changed";
import { PASSWORD_MADE } from "./rules/password-made";
import { QUARANTINE_ATTACHED } from "./rules/quarantine-attached";
import { ROOT_CREDENTIALS_CHANGED } from "./rules/root-credentials-changed";
import { ROOT_SESSION } from "./rules/root-session";
import { ROOT_USED } from "./rules/root-used";
import { UNUSED_ACCESS_FOUND } from "./rules/unused-access-found";
import { WATCH_TAMPERED } from "./rules/watch-tampered";

/** Every detection, in the order in which an event is looked up: the first that finds something in it words it. */
export const DETECTIONS = [
  LEAKED_KEY,
  QUARANTINE_ATTACHED,
  ROOT_CREDENTIALS_CHANGED,
  ROOT_SESSION,
  BREAK_GLASS_USED,
  WATCH_TAMPERED,
  BASELINE_TAMPERED,
  CONSOLE_SIGN_IN_OF_USER,
  PASSWORD_MADE,
  CREDENTIAL_MADE,
  KEY_REACTIVATED,
  KEY_CHANGED_BY_ANOTHER,
  MFA_CHANGED,
  FEDERATION_TOKEN,
  DELEGATED_ACCESS,
  IDENTITY_PROVIDER_CHANGED,
  KEYLESS_TRUST_CHANGED,
  ACCESS_CHANGED,
  IDENTITY_MADE,
  // whatever root does is told, but what it did better than that it did something
  ROOT_USED,
  EXTERNAL_ACCESS_FOUND,
  GUARDDUTY_FINDING,
  UNUSED_ACCESS_FOUND,
  CONFIG_NONCOMPLIANT,
] as const satisfies readonly Detection[];

export type DetectionId = (typeof DETECTIONS)[number]["id"];

export const DETECTION_IDS: readonly DetectionId[] = DETECTIONS.map(({ id }) => id);
