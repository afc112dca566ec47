import { defineRule } from "../../findings/rule";
import { runAws } from "../commands";
import { environmentFile } from "../drift-finding";
import type { DriftRule } from "../drift-rule";
import type { UndeclaredFactOf } from "../undeclared-fact";

export const UNDECLARED_IDENTITY_PROVIDER = defineRule({
  id: "undeclared-identity-provider",
  area: "drift",
  title: "The account trusts an identity provider that no environment declares",
  severities: ["critical", "high"],
  why: "Whoever holds the provider makes tokens for any name: together with a role that trusts it, it is a way in that no key rule and no guard sees. It is critical where such a role has administrator rights or comes to them.",
  example: {
    before: "aws iam create-open-id-connect-provider --url https://login.example.net",
    after: "the providers of the account are the declared ones",
  },
  remedy: "Delete it, declare it, or accept it with a reason and an end.",
  since: "0.1.0",
});

type Fact = UndeclaredFactOf<"undeclared-identity-provider">;

export const undeclaredIdentityProvider: DriftRule<Fact, "undeclared-identity-provider"> = {
  declaration: UNDECLARED_IDENTITY_PROVIDER,
  judge({ address, trusting, powerful }) {
    const roles =
      trusting.length === 0
        ? "no role trusts it yet"
        : `${trusting.join(", ")} trust${trusting.length === 1 ? "s" : ""} it`;
    const rights = powerful.length === 0 ? "" : `; administrator rights: ${powerful.join(", ")}`;
    return {
      severity: powerful.length > 0 ? "critical" : "high",
      message: `Identity provider ${address} is declared nowhere: whoever holds it can sign in to roles that trust it (${roles}${rights}).`,
    };
  },
  remedy({ arn }, _isRepaired, wording) {
    const file = environmentFile(wording);
    return arn.includes(":oidc-provider/")
      ? `${runAws("delete-open-id-connect-provider", ["open-id-connect-provider-arn", arn])}; or declare it (account.githubOidcProvider with import: true, for GitHub's) or accept it in ${file}.`
      : `${runAws("delete-saml-provider", ["saml-provider-arn", arn])}; or accept it in ${file} with a reason and an end.`;
  },
  trail: ({ arn }) => ({ resourceName: arn, events: ["CreateOpenIDConnectProvider", "CreateSAMLProvider"] }),
};
