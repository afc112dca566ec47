import { evaluate } from "../../src/iam/evaluate";
import type { Statement } from "../../src/iam/policy-document";
import { ACCOUNT, accessGraph, githubProvider, role, trust } from "../builders/access-graph";
import { GITHUB, githubTrustStatement } from "../builders/baseline-policies";

const claims = {
  aud: "sts.amazonaws.com",
  sub: "repo:octo-org/iam-baseline:environment:prod",
  repository_id: "456789",
};

/** Who presents these claims asks for a role with this trust. */
function assume(presented: Readonly<Record<string, string>>, statement: Statement = githubTrustStatement()) {
  const apply = role({ name: "apply", trust: trust(statement) });
  const provider = githubProvider();
  const graph = accessGraph({ roles: [apply], oidcProviders: [provider] });
  return evaluate(
    {
      principal: provider.arn,
      credentials: { kind: "web-identity", claims: presented },
      network: { sourceIp: "198.51.100.7" },
      action: "sts:AssumeRoleWithWebIdentity",
      resource: apply.arn,
    },
    graph,
  ).effect;
}

const withCondition = (Condition: NonNullable<Statement["Condition"]>): Statement =>
  githubTrustStatement({ Condition });
const withSubject = (operator: string, pattern: string): Statement =>
  withCondition({ [operator]: { [`${GITHUB}:sub`]: pattern } });

test("the protected environment's job assumes its role", () => {
  expect(assume(claims)).toBe("Allowed");
});

test("the immutable form of the subject is accepted", () => {
  expect(assume({ ...claims, sub: "repo:octo-org@123456/iam-baseline@456789:environment:prod" })).toBe(
    "Allowed",
  );
});

test.each([
  ["another audience", { ...claims, aud: "https://github.com/octo-org" }],
  ["the subject in another case", { ...claims, sub: "repo:Octo-Org/iam-baseline:environment:prod" }],
  ["a repository that took over the name", { ...claims, repository_id: "999999" }],
  ["a pull request", { ...claims, sub: "repo:octo-org/iam-baseline:pull_request" }],
  ["a branch", { ...claims, sub: "repo:octo-org/iam-baseline:ref:refs/heads/main" }],
  ["a tag", { ...claims, sub: "repo:octo-org/iam-baseline:ref:refs/tags/v1" }],
  ["another environment", { ...claims, sub: "repo:octo-org/iam-baseline:environment:dev" }],
  ["another repository", { ...claims, sub: "repo:octo-org/other:environment:prod" }],
  ["no subject", { aud: claims.aud, repository_id: claims.repository_id }],
])("refuses %s", (_what, presented) => {
  expect(assume(presented)).toBe("ImplicitlyDenied");
});

describe("traps that a reader of trust policies must see", () => {
  test("ForAllValues lets a token without the claim in", () => {
    const open = withSubject("ForAllValues:StringLike", "repo:octo-org/iam-baseline:*");
    expect(assume({ aud: claims.aud }, open)).toBe("Allowed");
  });
  test("repo:octo-org* lets octo-orgevil in", () => {
    expect(
      assume(
        { ...claims, sub: "repo:octo-orgevil/x:ref:refs/heads/main" },
        withSubject("StringLike", "repo:octo-org*"),
      ),
    ).toBe("Allowed");
  });
  test("repo:*:ref:refs/heads/main lets every owner in", () => {
    const anyOwner = withSubject("StringLike", "repo:*:ref:refs/heads/main");
    expect(assume({ ...claims, sub: "repo:evil/x:ref:refs/heads/main" }, anyOwner)).toBe("Allowed");
  });
  test("StringEquals with a star matches nothing", () => {
    expect(assume(claims, withSubject("StringEquals", "repo:octo-org/*"))).toBe("ImplicitlyDenied");
  });
  test("a pattern of the name form does not match the immutable form", () => {
    const names = withSubject("StringLike", "repo:octo-org/iam-baseline:*");
    expect(
      assume({ ...claims, sub: "repo:octo-org@123456/iam-baseline@456789:ref:refs/heads/main" }, names),
    ).toBe("ImplicitlyDenied");
  });
});

test("refuses a role that does not trust the provider", () => {
  const other = githubTrustStatement({
    Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.example.org` },
  });
  expect(assume(claims, other)).toBe("ImplicitlyDenied");
});

test("refuses a token for anything but AssumeRoleWithWebIdentity", () => {
  const provider = githubProvider();
  const decision = evaluate(
    {
      principal: provider.arn,
      credentials: { kind: "web-identity", claims },
      network: "none",
      action: "s3:GetObject",
      resource: "*",
    },
    accessGraph({ oidcProviders: [provider] }),
  );
  expect(decision.effect).toBe("ImplicitlyDenied");
});

test("a condition on a claim that this provider does not own is not guessed", () => {
  const foreign = withCondition({ StringEquals: { "gitlab.example.org:sub": "x" } });
  expect(assume(claims, foreign)).toBe("Unknown");
});
