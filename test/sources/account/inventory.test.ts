import { UNKNOWN_PART } from "../../../src/iam/graph";
import { graphFromInventory } from "../../../src/sources/account/graph-from-inventory";
import { accountInventory, credentials, roleDetails, userDetails } from "../../builders/account-inventory";

const TRUST = {
  Version: "2012-10-17" as const,
  Statement: [
    { Effect: "Allow" as const, Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};
const unknownsOf = (...given: Parameters<typeof accountInventory>) =>
  graphFromInventory(accountInventory(...given)).unknowns.map(({ address }) => address);

const OUTSIDE = "service and resource control policies, policies of resources, session policies";

test("an inventory that answers everything leaves open only what no inventory of IAM holds", () => {
  expect(unknownsOf({ users: [userDetails("anna")] })).toEqual([OUTSIDE]);
});

test.each<[string, Parameters<typeof accountInventory>[1], string]>([
  ["sessions", { roleSessions: { notChecked: "AccessDenied" } }, "longest sessions of roles"],
  ["OIDC providers", { oidcProviders: { notChecked: "AccessDenied" } }, "OpenID Connect providers"],
  ["SAML providers", { samlProviders: { notChecked: "AccessDenied" } }, "SAML providers"],
  [
    "keys of a user",
    { users: { anna: credentials({ accessKeys: { notChecked: "AccessDenied" } }) } },
    "access keys of user anna",
  ],
])("%s that were not answered are not known", (_what, difference, address) => {
  expect(unknownsOf({}, difference)).toEqual([address, OUTSIDE]);
});

test("providers are known by their ARNs, and sessions by ListRoles", () => {
  const graph = graphFromInventory(
    accountInventory(
      { roles: [roleDetails("app", TRUST), roleDetails("old", TRUST)] },
      {
        roleSessions: { value: { app: 7200 } },
        oidcProviders: { value: [{ arn: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" }] },
        samlProviders: { value: [{ arn: "arn:aws:iam::111122223333:saml-provider/Okta" }] },
      },
    ),
  );
  expect(graph.oidcProviders).toMatchObject([{ url: "gitlab.com", clientIds: [] }]);
  expect(graph.samlProviders).toMatchObject([{ name: "Okta" }]);
  expect(graph.roles.map(({ name, maxSessionDuration }) => [name, maxSessionDuration])).toEqual([
    ["app", 7200],
    ["old", 0],
  ]);
  expect(JSON.stringify(graph)).not.toContain(UNKNOWN_PART);
});
