import { defineRule } from "../../../findings/rule";
import { shownName } from "../../principals/principal-names";
import { type Draft, listed } from "../../review-finding";
import type { GraphSides } from "../graph-sides";

export const IDENTITY_PROVIDER_ADDED = defineRule({
  id: "identity-provider-added",
  area: "review",
  title: "The account takes tokens or assertions of a further issuer",
  severities: ["high", "info"],
  why: "Whoever issues the tokens decides who somebody is: a role that trusts the provider is theirs as far as its conditions reach. In an environment that comes new an OpenID Connect provider is told as creation.",
  example: {
    before: "no provider",
    after: 'aws_iam_openid_connect_provider: { url: "https://token.actions.githubusercontent.com", ... }',
  },
  remedy: "Make sure that every role that trusts it asks for audience and subject exactly.",
  reference: {
    title: "Identity providers and federation",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html",
  },
  since: "0.1.0",
});

export function oidcProviderAdded({ before, after, isNew }: GraphSides): readonly Draft[] {
  return after.oidcProviders.flatMap(({ arn, address, url, clientIds }): Draft[] => {
    const old = before.oidcProviders.find((provider) => provider.arn === arn || provider.address === address);
    if (old?.url === url) return [];
    return [
      {
        rule: IDENTITY_PROVIDER_ADDED,
        severity: isNew ? "info" : "high",
        category: "access",
        address,
        subjects: [],
        predicate: `the account takes tokens of ${shownName(url)} from now on (audience ${listed(clientIds)})`,
        isNote: isNew,
      },
    ];
  });
}

export function samlProviderAdded({ before, after }: GraphSides): readonly Draft[] {
  const known = new Set((before.samlProviders ?? []).map(({ address }) => address));
  return (after.samlProviders ?? []).flatMap(({ address, name }): Draft[] =>
    known.has(address)
      ? []
      : [
          {
            rule: IDENTITY_PROVIDER_ADDED,
            severity: "high",
            category: "access",
            address,
            subjects: [],
            predicate: `the account takes SAML assertions of ${shownName(name)} from now on`,
            remedy: "Make sure that it is meant: this baseline has no federation of people.",
          },
        ],
  );
}
