import { defineDetection } from "../detection";
import { quoted } from "../event/words";
import { API_CALL, CONSOLE_ACTION, CONSOLE_SIGN_IN } from "../pattern/known-events";

const NAMES = [
  "PasswordUpdated",
  "PasswordRecoveryRequested",
  "PasswordRecoveryCompleted",
  "EmailUpdated",
  "CreateAccessKey",
  "DeactivateMFADevice",
  "EnableMFADevice",
];

export const ROOT_CREDENTIALS_CHANGED = defineDetection({
  id: "root-credentials-changed",
  title: "Credentials of the root user changed",
  severity: "critical",
  place: "global",
  why: "Whoever changes root's password, e-mail address, MFA device or keys owns the account from then on, and its owner may be locked out.",
  example: {
    told: "Somebody asks for a new password of root, or takes root's MFA device away.",
    notTold: "An IAM user enrols an MFA device.",
  },
  reference: {
    title: "Monitor for sign-in to the AWS Management Console with root user credentials",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html",
  },
  since: "0.2.0",
  pattern: () => ({
    "detail-type": [API_CALL, CONSOLE_SIGN_IN, CONSOLE_ACTION],
    detail: { eventName: NAMES, userIdentity: { type: ["Root"] } },
  }),
  judge: (event) => {
    // a key of another user, which is told as such
    if (event.name === "CreateAccessKey" && event.parameter("userName") !== undefined) return undefined;
    return { what: `changed credentials of root: ${quoted(event.name)}`, subject: event.name };
  },
});
