import { defineRule } from "../../../findings/rule";
import { type Draft, listed } from "../../review-finding";
import type { GraphSides } from "../graph-sides";

export const AUDIENCE_ADDED = defineRule({
  id: "audience-added",
  area: "review",
  title: "An identity provider accepts tokens for a further audience",
  severities: ["high"],
  why: "Tokens that were issued for somebody else's service are taken here, too, by every role that does not ask for its audience.",
  example: {
    before: 'client_id_list = ["sts.amazonaws.com"]',
    after: 'client_id_list = ["sts.amazonaws.com", "api://other"]',
  },
  remedy: "Keep the one audience that the roles ask for.",
  reference: {
    title: "Create an OpenID Connect identity provider in IAM",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
  },
  since: "0.1.0",
});

export function audienceAdded({ before, after }: GraphSides): readonly Draft[] {
  return after.oidcProviders.flatMap(({ arn, address, url, clientIds }): Draft[] => {
    const old = before.oidcProviders.find((provider) => provider.arn === arn || provider.address === address);
    if (old === undefined || old.url !== url) return [];
    const added = clientIds.filter((id) => !old.clientIds.includes(id));
    if (added.length === 0) return [];
    return [
      {
        rule: AUDIENCE_ADDED,
        severity: "high",
        category: "access",
        address,
        subjects: [],
        predicate: `identity provider ${url} accepts the further audience ${listed(added)}`,
        evidence: added.map((id) => `+ client_id_list: ${id}`),
      },
    ];
  });
}
