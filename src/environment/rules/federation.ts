import { suggestion } from "../../findings/nearest-name";
import { defineRefusal } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";
import { ACCOUNT_ACCESS, accountOfApplication } from "../account-access";
import type { Environment } from "../environment";
import type { OidcTrust } from "../federated-trust";
import { type EnvironmentRule, environmentFile, violationAt } from "./rule";
import { UNKNOWN_NAME } from "./unknown-name";

export const FEDERATED_TRUST_OPEN = defineRefusal({
  code: "federated-trust-open",
  title: "A role trusts more tokens or assertions than it names",
  why: "Whoever can make the identity provider sign for him gets the role. A wildcard in a subject, no subject or no audience lets in jobs and people whom nobody named.",
  example:
    'environments/prod.ts: roles.deploy.oidc.subjects[0]: a subject without wildcards, got "project_path:octo/*"; name each one [federated-trust-open]',
  remedy: "Name subject and audience exactly; use `gitlab` or `bitbucket` where they fit.",
  since: "0.2.0",
});

export const IDENTITY_PROVIDER_INVALID = defineRefusal({
  code: "identity-provider-invalid",
  title: "An identity provider is not one that IAM takes, or stands there twice",
  why: "IAM has one OIDC provider for a URL and one SAML provider for a name in an account, and refuses others in the middle of an apply.",
  example: `environments/prod.ts: identityProviders.oidc.gitlab.url: https:// and a host, perhaps with a path, without port, query and slash at the end, got "gitlab.com"; write it as in the token's iss [identity-provider-invalid]`,
  remedy: "Write the issuer as in the token's `iss`; keep a provider in one environment of an account.",
  since: "0.2.0",
});

const ISSUER = /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:\/[\w.~-]+)*$/i;
const GITHUB = "https://token.actions.githubusercontent.com";

/** Identity providers are ones that IAM takes, each in one environment of an account. */
export const identityProvidersAreValid: EnvironmentRule = (environment, all) => {
  const { saml, oidc } = environment.identityProviders;
  const others = all
    .slice(0, all.indexOf(environment))
    .filter(({ accountId }) => accountId === environment.accountId);
  const found: Violation[] = [];
  const refuse = (at: readonly PropertyKey[], expected: string, got: string, remedy: string) =>
    found.push(
      violationAt(environment, ["identityProviders", ...at], IDENTITY_PROVIDER_INVALID, {
        expected,
        got,
        remedy,
      }),
    );
  for (const [name, { metadata }] of Object.entries(saml)) {
    if (!/<(?:\w+:)?EntityDescriptor[\s>]/.test(metadata)) {
      refuse(
        ["saml", name, "metadata"],
        "a metadata document with an EntityDescriptor",
        `${metadata.length} characters without one`,
        "download it from the identity provider and read the file",
      );
    }
    const owner = others.find((other) =>
      Object.keys(other.identityProviders.saml).some((one) => one.toLowerCase() === name.toLowerCase()),
    );
    if (owner !== undefined) {
      refuse(
        ["saml", name],
        "a provider in one environment of an account",
        `it here and in ${environmentFile(owner.name)}`,
        "remove it from one of them",
      );
    }
  }
  for (const [name, { url }] of Object.entries(oidc)) {
    if (!ISSUER.test(url)) {
      refuse(
        ["oidc", name, "url"],
        "https:// and a host, perhaps with a path, without port, query and slash at the end",
        JSON.stringify(url),
        "write it as in the token's iss",
      );
    }
    if (url.toLowerCase() === GITHUB) {
      refuse(
        ["oidc", name, "url"],
        "a provider other than GitHub's",
        JSON.stringify(url),
        "declare account.githubOidcProvider, and github in the roles",
      );
    }
    const again = [environment, ...others].find((other) =>
      Object.entries(other.identityProviders.oidc).some(
        ([key, one]) => one.url.toLowerCase() === url.toLowerCase() && (other !== environment || key < name),
      ),
    );
    if (again !== undefined) {
      refuse(
        ["oidc", name, "url"],
        "one provider for a URL in an account",
        `another in ${environmentFile(again.name)}`,
        "keep one of them",
      );
    }
  }
  return found;
};

/** Who comes by federation is named exactly, and through a provider that the account has. */
export const federationIsExact: EnvironmentRule = (environment, all) =>
  Object.entries(environment.roles).flatMap(([name, { saml, oidc, service }]) => [
    ...(service?.principal === ACCOUNT_ACCESS
      ? applicationViolations(environment, name, service.sourceArns)
      : []),
    ...(saml === undefined
      ? []
      : [
          ...providerViolations(environment, all, name, "saml", saml.provider),
          ...wildcards(environment, ["roles", name, "saml", "subjects"], saml.subjects ?? []),
        ]),
    ...(oidc === undefined
      ? []
      : [
          ...providerViolations(environment, all, name, "oidc", oidc.provider),
          ...wildcards(environment, ["roles", name, "oidc", "subjects"], oidc.subjects ?? []),
          ...oidcViolations(environment, all, name, oidc),
        ]),
  ]);

/** Whoever may ask account access manager of any organization would get the role: it acts for an application that is named. */
function applicationViolations(
  environment: Environment,
  role: string,
  sourceArns: readonly string[] = [],
): readonly Violation[] {
  const at = ["roles", role, "service", "sourceArns"];
  const open = sourceArns.filter((arn) => accountOfApplication(arn) === undefined);
  const owners = new Set(sourceArns.map(accountOfApplication));
  if (sourceArns.length > 0 && open.length === 0 && owners.size === 1) return [];
  return [
    violationAt(environment, at, FEDERATED_TRUST_OPEN, {
      expected: "the application of account access manager by its ARN, of one account, without wildcards",
      got:
        sourceArns.length === 0
          ? "none"
          : (open.length > 0 ? open : sourceArns).map((arn) => `"${arn}"`).join(", "),
      remedy:
        "write arn:aws:account-access:<region>:<management account>:application/<id>, as the settings of account access manager show it",
    }),
  ];
}

function providerViolations(
  environment: Environment,
  all: readonly Environment[],
  role: string,
  kind: "saml" | "oidc",
  provider: string,
): readonly Violation[] {
  const known = providersOf(environment, all, kind);
  if (known.includes(provider)) return [];
  return [
    violationAt(environment, ["roles", role, kind, "provider"], UNKNOWN_NAME, {
      expected: `a provider in identityProviders.${kind} of this account`,
      got: `"${provider}"`,
      remedy: suggestion(provider, known, `declare it in identityProviders.${kind}`),
    }),
  ];
}

/** Providers exist once in an account: any environment of it may own them. */
function providersOf(environment: Environment, all: readonly Environment[], kind: "saml" | "oidc") {
  return all
    .filter(({ accountId }) => accountId === environment.accountId)
    .flatMap((other) => Object.keys(other.identityProviders[kind]));
}

function wildcards(
  environment: Environment,
  at: readonly PropertyKey[],
  subjects: readonly string[],
): readonly Violation[] {
  return subjects.flatMap((subject, index) =>
    /[*?]/.test(subject) || subject.trim() === ""
      ? [
          violationAt(environment, [...at, index], FEDERATED_TRUST_OPEN, {
            expected: "a subject without wildcards",
            got: JSON.stringify(subject),
            remedy: "name each one",
          }),
        ]
      : [],
  );
}

function oidcViolations(
  environment: Environment,
  all: readonly Environment[],
  role: string,
  { provider, audience, gitlab, bitbucket, subjects }: OidcTrust,
): readonly Violation[] {
  const at = ["roles", role, "oidc"];
  const ways = [gitlab, bitbucket, subjects].filter((way) => way !== undefined).length;
  const audiences = all
    .filter(({ accountId }) => accountId === environment.accountId)
    .flatMap((other) => other.identityProviders.oidc[provider]?.audiences ?? []);
  return [
    ...(ways === 1
      ? []
      : [
          violationAt(environment, at, FEDERATED_TRUST_OPEN, {
            expected: "exactly one of gitlab, bitbucket and subjects",
            got: `${ways} of them`,
            remedy: "make a role for each",
          }),
        ]),
    ...(gitlab !== undefined && (gitlab.branch === undefined) === (gitlab.tag === undefined)
      ? [
          violationAt(environment, [...at, "gitlab"], FEDERATED_TRUST_OPEN, {
            expected: "exactly one of branch and tag",
            got: gitlab.branch === undefined ? "none of them" : "both",
            remedy: "name one, and protect it in GitLab",
          }),
        ]
      : []),
    ...(audience === undefined && audiences.length > 1
      ? [
          violationAt(environment, [...at, "audience"], FEDERATED_TRUST_OPEN, {
            expected: "which of the provider's audiences",
            got: `none, with ${audiences.length} to choose from`,
            remedy: `use one of ${audiences.map((one) => `"${one}"`).join(", ")}`,
          }),
        ]
      : []),
    ...(audience !== undefined && audiences.length > 0 && !audiences.includes(audience)
      ? [
          violationAt(environment, [...at, "audience"], UNKNOWN_NAME, {
            expected: "an audience that the provider has",
            got: `"${audience}"`,
            remedy: suggestion(audience, audiences, "add it to the provider's audiences"),
          }),
        ]
      : []),
  ];
}
