import type { ExpectedGithubTrust } from "../../../src/proofs/world/expectation";
import { expectationsOf } from "../../../src/proofs/world/expectation-of";
import { effectOf, shipped, shippedEnvironments } from "./shipped";

const trusts = expectationsOf(shippedEnvironments).flatMap(({ environment, roles }) =>
  roles.flatMap(({ arn, github, declaredAt }) => {
    const role = shipped.graph.roles.find((one) => one.arn === arn);
    return github === undefined || role === undefined
      ? []
      : [[environment, declaredAt, github, role.arn] as const];
  }),
);

describe.each(trusts)("%s: %s", (_environment, _role, github, resource) => {
  const [name = "", immutable = ""] = github.subjects;
  const repository = name.split(":")[1] ?? "";
  const [owner = "", repo = ""] = repository.split("/");
  const job = name.split(":").slice(2).join(":");
  const good = { aud: github.audience, sub: name, repository_id: github.repositoryId ?? "" };
  const assume = (
    claims: Readonly<Record<string, string>>,
    provider: ExpectedGithubTrust["providerArn"] = github.providerArn,
  ) =>
    effectOf({
      principal: provider,
      credentials: { kind: "web-identity", claims },
      network: { sourceIp: "192.0.2.1" },
      action: "sts:AssumeRoleWithWebIdentity",
      resource,
    });

  test.each([
    ["the declared job by name", good],
    ["the declared job by immutable ids", { ...good, sub: immutable }],
    ["further claims beside", { ...good, actor: "somebody", ref: "refs/heads/main" }],
  ])("accepts %s", (_what, claims) => {
    expect(assume(claims)).toBe("Allowed");
  });

  test.each([
    ["no subject", { aud: good.aud, repository_id: good.repository_id }],
    ["no repository id", { aud: good.aud, sub: good.sub }],
    ["no audience", { sub: good.sub, repository_id: good.repository_id }],
    ["another audience", { ...good, aud: "https://github.com/octo" }],
    ["an owner whose name begins the same", { ...good, sub: `repo:${owner}evil/${repo}:${job}` }],
    ["another owner", { ...good, sub: `repo:evil/${repo}:${job}` }],
    ["another repository", { ...good, sub: `repo:${owner}/evil:${job}` }],
    ["a repository whose name begins the same", { ...good, sub: `repo:${repository}-evil:${job}` }],
    ["other letter case", { ...good, sub: name.toUpperCase() }],
    ["a recycled name with another repository id", { ...good, repository_id: "1" }],
    ["immutable ids of another repository", { ...good, sub: `repo:${owner}@1/${repo}@1:${job}` }],
    ["a pull request", { ...good, sub: `repo:${repository}:pull_request` }],
    ["a branch", { ...good, sub: `repo:${repository}:ref:refs/heads/main` }],
    ["a tag", { ...good, sub: `repo:${repository}:ref:refs/tags/v1` }],
    ["another environment", { ...good, sub: `repo:${repository}:environment:other` }],
    ["an empty subject", { ...good, sub: "" }],
  ])("refuses %s", (_what, claims) => {
    expect(assume(claims)).toBe("ImplicitlyDenied");
  });

  test("refuses another identity provider", () => {
    expect(assume(good, "arn:aws:iam::111122223333:oidc-provider/gitlab.example.com")).toBe(
      "ImplicitlyDenied",
    );
  });
});

test("every shipped environment that declares GitHub roles is in the table", () => {
  expect(new Set(trusts.map(([environment]) => environment))).toEqual(
    new Set(
      shippedEnvironments
        .filter(({ roles }) => Object.values(roles).some(({ github }) => github))
        .map(({ name }) => name),
    ),
  );
});
