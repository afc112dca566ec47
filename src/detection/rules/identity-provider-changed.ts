import { defineDetection } from "../detection";
import { lastOf } from "../event/account-event";
import { quoted } from "../event/words";
import { callsOf, notBySessionsOf } from "../pattern/fragments";

export const IDENTITY_PROVIDER_CHANGED = defineDetection({
  id: "identity-provider-changed",
  title: "Who may vouch for identities was changed outside of a deployment",
  severity: "high",
  otherSeverities: ["medium"],
  place: "global",
  why: "Whoever adds an identity provider, or an audience or thumbprint to one, decides who comes in as a role without any user of this account. Outbound federation lets identities of the account sign in elsewhere.",
  example: {
    told: "Somebody makes a SAML provider, or enables outbound web identity federation.",
    notTold: "The deployment role makes the provider of GitHub Actions.",
  },
  reference: {
    title: "Identity providers and federation",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html",
  },
  since: "0.2.0",
  pattern: (scope) =>
    callsOf(
      "iam",
      [
        "CreateSAMLProvider",
        "UpdateSAMLProvider",
        "CreateOpenIDConnectProvider",
        "AddClientIDToOpenIDConnectProvider",
        "UpdateOpenIDConnectProviderThumbprint",
        "EnableOutboundWebIdentityFederation",
        "UpdateAccountPasswordPolicy",
        "DeleteAccountPasswordPolicy",
      ],
      notBySessionsOf(scope.deploymentRoles),
    ),
  judge: (event) => {
    const subject =
      event.parameter("name") ??
      event.parameter("url") ??
      lastOf(event.parameter("openIDConnectProviderArn") ?? event.parameter("sAMLProviderArn"));
    return {
      what: `called ${event.name}${subject === undefined ? "" : ` (${quoted(subject)})`}`,
      subject: `${event.name} ${subject ?? ""}`,
      ...(event.name.includes("PasswordPolicy") && { severity: "medium" as const }),
    };
  },
});
