import { defineDetection } from "../detection";
import { quoted } from "../event/words";
import { anyCallsOf } from "../pattern/fragments";

export const FEDERATION_TOKEN = defineDetection({
  id: "federation-token",
  title: "A session was made that nobody here needs",
  severity: "high",
  otherSeverities: ["medium"],
  place: "both",
  why: "Federation tokens live on for up to 36 hours after their key is deactivated and carry no MFA; the guard denies them. Web identity tokens and delegated tokens let an identity of this account act elsewhere.",
  example: {
    told: "User work calls sts:GetFederationToken (aws-vault login without a role does so).",
    notTold: "User work calls sts:GetSessionToken or assumes a role.",
  },
  reference: {
    title: "GetFederationToken",
    url: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html",
  },
  since: "0.2.0",
  reads: true,
  pattern: () => anyCallsOf("sts", ["GetFederationToken", "GetWebIdentityToken", "GetDelegatedAccessToken"]),
  judge: (event, scope) => ({
    what: `called sts:${quoted(event.name)}`,
    severity: event.error === undefined ? "high" : "medium",
    subject: event.name,
    declared: `environment ${scope.environment} denies it to its groups`,
  }),
});
