import { defineDetection } from "../detection";
import { quoted } from "../event/words";
import { callsOf, notBySessionsOf } from "../pattern/fragments";

export const KEYLESS_TRUST_CHANGED = defineDetection({
  id: "keyless-trust-changed",
  title: "Who comes in by certificate was changed outside of a deployment",
  severity: "high",
  place: "home",
  why: "A trust anchor lets in whoever holds a certificate of its authority; a profile says as which roles. A revocation list that is switched off lets stolen certificates in again.",
  example: {
    told: "Somebody makes a trust anchor of IAM Roles Anywhere, or disables a revocation list.",
    notTold: "A device comes in with its certificate.",
  },
  reference: {
    title: "IAM Roles Anywhere: trust model",
    url: "https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html",
  },
  since: "0.2.0",
  pattern: (scope) =>
    callsOf(
      "rolesanywhere",
      [
        "CreateTrustAnchor",
        "UpdateTrustAnchor",
        "EnableTrustAnchor",
        "CreateProfile",
        "UpdateProfile",
        "EnableProfile",
        "DisableCrl",
        "DeleteCrl",
      ],
      notBySessionsOf(scope.deploymentRoles),
    ),
  judge: (event) => {
    const name =
      event.parameter("name") ??
      event.parameter("trustAnchorId") ??
      event.parameter("profileId") ??
      event.parameter("crlId");
    return {
      what: `called rolesanywhere:${event.name}${name === undefined ? "" : ` (${quoted(name)})`}`,
      subject: `${event.name} ${name ?? ""}`,
    };
  },
});
