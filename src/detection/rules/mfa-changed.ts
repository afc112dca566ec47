import { defineDetection } from "../detection";
import { declaredWords, quoted, userWords } from "../event/words";
import { callsOf } from "../pattern/fragments";

export const MFA_CHANGED = defineDetection({
  id: "mfa-changed",
  title: "An MFA device was taken away, or enrolled for somebody else",
  severity: "high",
  otherSeverities: ["medium"],
  place: "global",
  why: "Guard and trust ask for MFA. Whoever takes a user's device away and enrols his own passes for that user everywhere.",
  example: {
    told: "An administrator deactivates the MFA device of user work; somebody enrols one for another user.",
    notTold: "User work enrols its own device.",
  },
  reference: {
    title: "DeactivateMFADevice",
    url: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html",
  },
  since: "0.2.0",
  pattern: () =>
    callsOf("iam", ["DeactivateMFADevice", "DeleteVirtualMFADevice", "EnableMFADevice", "ResyncMFADevice"]),
  judge: (event, scope) => {
    const serial = event.parameter("serialNumber");
    const name =
      event.parameter("userName") ??
      (event.name === "DeleteVirtualMFADevice" ? undefined : event.actor.userName);
    const own = name !== undefined && name === event.actor.userName;
    const taken = event.name.startsWith("De");
    if (own && !taken) return undefined;
    const declared = declaredWords(name, scope);
    return {
      what: `${taken ? "took away" : "enrolled"} the MFA device ${quoted(serial?.replace(/^.*:mfa\//, "") ?? "?")}${name === undefined ? "" : ` of ${userWords(name, scope)}`}`,
      subject: `${event.name} ${name ?? serial ?? "?"}`,
      severity: own ? "medium" : "high",
      ...(declared !== undefined && { declared }),
    };
  },
});
