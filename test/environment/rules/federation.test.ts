import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentInput } from "../../../src/environment/environment";
import { environment, locationsOf, role, violationsOf, withRole } from "../../builders/environment";

const metadata = readFileSync(join(__dirname, "../../fixtures/federation/saml-metadata.xml"), "utf8");
const providers: NonNullable<EnvironmentInput["identityProviders"]> = {
  saml: { okta: { metadata } },
  oidc: {
    gitlab: { url: "https://gitlab.com", audiences: ["https://gitlab.com"] },
    two: { url: "https://ci.example.com/issuer", audiences: ["a", "b"] },
  },
};
const withOidc = (oidc: object, rest: Partial<EnvironmentInput> = {}) =>
  environment({
    identityProviders: providers,
    roles: { daily: role({ oidc: { provider: "gitlab", ...oidc } as never }) },
    ...rest,
  });

describe("roles for other tokens than GitHub's", () => {
  test.each<[string, object]>([
    ["a branch of a GitLab project", { gitlab: { project: "octo/group/web", branch: "release/1" } }],
    ["a tag of one", { gitlab: { project: "octo/web", tag: "v1" } }],
    ["subjects, each exactly", { subjects: ["a:b", "c"] }],
    ["one of two audiences", { provider: "two", audience: "b", subjects: ["x"] }],
    ["a Bitbucket repository", { bitbucket: { repositoryUuid: "{0a1b2c3d-0000-4000-8000-00000000000a}" } }],
  ])("take %s", (_what, oidc) => {
    expect(violationsOf(withOidc(oidc))).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["no subject", {}, "roles.daily.oidc"],
    ["two ways", { subjects: ["x"], gitlab: { project: "o/w", branch: "m" } }, "roles.daily.oidc"],
    ["a wildcard in a subject", { subjects: ["project_path:octo/*"] }, "roles.daily.oidc.subjects[0]"],
    ["a question mark in one", { subjects: ["ok", "repo?"] }, "roles.daily.oidc.subjects[1]"],
    ["a blank subject", { subjects: [" "] }, "roles.daily.oidc.subjects[0]"],
    ["an empty list", { subjects: [] }, "roles.daily.oidc.subjects"],
    [
      "a group of GitLab in place of a project",
      { gitlab: { project: "octo", branch: "main" } },
      "roles.daily.oidc.gitlab.project",
    ],
    [
      "a wildcard in a project",
      { gitlab: { project: "octo/*", branch: "main" } },
      "roles.daily.oidc.gitlab.project",
    ],
    [
      "a wildcard in a branch",
      { gitlab: { project: "octo/web", branch: "*" } },
      "roles.daily.oidc.gitlab.branch",
    ],
    ["neither branch nor tag", { gitlab: { project: "octo/web" } }, "roles.daily.oidc.gitlab"],
    ["both of them", { gitlab: { project: "octo/web", branch: "a", tag: "b" } }, "roles.daily.oidc.gitlab"],
    [
      "a UUID without braces",
      { bitbucket: { repositoryUuid: "0a1b2c3d-0000-4000-8000-00000000000a" } },
      "roles.daily.oidc.bitbucket.repositoryUuid",
    ],
    ["a provider that is not there", { provider: "gitlb", subjects: ["x"] }, "roles.daily.oidc.provider"],
    ["no audience where there are two", { provider: "two", subjects: ["x"] }, "roles.daily.oidc.audience"],
    [
      "an audience that the provider has not",
      { audience: "c", subjects: ["x"] },
      "roles.daily.oidc.audience",
    ],
  ])("refuse %s", (_what, oidc, location) => {
    expect(locationsOf(withOidc(oidc))).toContain(`environments/prod.ts: ${location}`);
  });

  test("find the provider in another environment of the account", () => {
    const owner = environment({
      name: "owner",
      namespace: "owner",
      identityProviders: providers,
      devices: {},
      ciGroups: {},
      repositories: {},
      roles: {},
    });
    const user = withOidc({ subjects: ["x"] }, { identityProviders: {} });
    expect(violationsOf(owner, user)).toEqual([]);
    expect(locationsOf({ ...owner, accountId: "444455556666" }, user)).toContain(
      "environments/prod.ts: roles.daily.oidc.provider",
    );
  });
});

describe("identity providers", () => {
  const declared = (saml: object, oidc: object) =>
    environment({ identityProviders: { saml, oidc } as never });
  test.each<[string, object, object, string]>([
    [
      "an address without https",
      {},
      { x: { url: "http://gitlab.com", audiences: ["a"] } },
      "identityProviders.oidc.x.url",
    ],
    [
      "one without scheme",
      {},
      { x: { url: "gitlab.com", audiences: ["a"] } },
      "identityProviders.oidc.x.url",
    ],
    [
      "one with a port",
      {},
      { x: { url: "https://gitlab.com:8443", audiences: ["a"] } },
      "identityProviders.oidc.x.url",
    ],
    [
      "one with a query",
      {},
      { x: { url: "https://gitlab.com/?a=b", audiences: ["a"] } },
      "identityProviders.oidc.x.url",
    ],
    [
      "one that ends in a slash",
      {},
      { x: { url: "https://gitlab.com/", audiences: ["a"] } },
      "identityProviders.oidc.x.url",
    ],
    [
      "GitHub's, which has its own",
      {},
      { x: { url: "https://token.actions.githubusercontent.com", audiences: ["a"] } },
      "identityProviders.oidc.x.url",
    ],
    [
      "one twice",
      {},
      {
        x: { url: "https://gitlab.com", audiences: ["a"] },
        y: { url: "https://GitLab.com", audiences: ["b"] },
      },
      "identityProviders.oidc.y.url",
    ],
    [
      "no audience",
      {},
      { x: { url: "https://gitlab.com", audiences: [] } },
      "identityProviders.oidc.x.audiences",
    ],
    [
      "a file name in place of metadata",
      { okta: { metadata: "okta.xml" } },
      {},
      "identityProviders.saml.okta.metadata",
    ],
    [
      "a page in place of metadata",
      { okta: { metadata: `<html>${"x".repeat(2000)}</html>` } },
      {},
      "identityProviders.saml.okta.metadata",
    ],
  ])("are refused for %s", (_what, saml, oidc, location) => {
    expect(locationsOf(declared(saml, oidc))).toContain(`environments/prod.ts: ${location}`);
  });
});

describe("roles for people of Identity Center and SAML", () => {
  test.each<[string, object, string]>([
    ["a wildcard in a permission set", { permissionSet: { name: "Dev*" } }, "roles.daily.permissionSet.name"],
    ["an empty one", { permissionSet: { name: "" } }, "roles.daily.permissionSet.name"],
    [
      "a region that is none",
      { permissionSet: { name: "Dev", region: "*" } },
      "roles.daily.permissionSet.region",
    ],
    [
      "a wildcard in a subject",
      { saml: { provider: "okta", subjects: ["*"] } },
      "roles.daily.saml.subjects[0]",
    ],
    ["a provider that is not there", { saml: { provider: "okta" } }, "roles.daily.saml.provider"],
  ])("refuse %s", (_what, difference, location) => {
    expect(locationsOf(withRole(difference as never))).toContain(`environments/prod.ts: ${location}`);
  });
  test("need no device", () => {
    const only = environment({ devices: {}, roles: { sso: role({ permissionSet: { name: "Dev" } }) } });
    expect(violationsOf(only)).toEqual([]);
  });
});
