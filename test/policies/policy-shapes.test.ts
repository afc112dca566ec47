import { assumeRolesDocument } from "../../src/policies/assume-roles";
import { githubTrustStatement } from "../../src/policies/github-trust";
import { guardDocument } from "../../src/policies/guard";
import { humanTrustDocument, humanTrustStatements } from "../../src/policies/human-trust";
import { countedCharacters } from "../../src/policies/minified";
import { selfServiceDocument } from "../../src/policies/self-service";
import { sendsSourceAccount, serviceTrustStatement } from "../../src/policies/service-trust";

const users = {
  userArns: ["arn:aws:iam::111122223333:user/baseline/device/laptop"],
  maxMfaAgeSeconds: 3600,
  sourceIdentity: false,
};
const networks = { cidrs: ["203.0.113.0/24"], vpcs: [] };

describe("a trust policy of people", () => {
  test.each([
    ["everybody", "*"],
    ["an account", "arn:aws:iam::111122223333:root"],
    ["a role", "arn:aws:iam::111122223333:role/x"],
    ["all users of a path", "arn:aws:iam::111122223333:user/baseline/device/*"],
    ["any one character", "arn:aws:iam::111122223333:user/lapto?"],
    ["a unique id", "AIDAEXAMPLEEXAMPLE"],
    ["nothing", ""],
  ])("refuses %s", (_who, arn) => {
    expect(() => humanTrustDocument({ ...users, userArns: [...users.userArns, arn] })).toThrow(RangeError);
    expect(() => humanTrustDocument({ ...users, userArns: [arn] })).toThrow(
      /lists users by their ARN .* name each user/,
    );
  });

  test("is one statement, and a second one where VPCs are allowed", () => {
    expect(humanTrustStatements(users)).toHaveLength(1);
    expect(humanTrustStatements({ ...users, networks })).toHaveLength(1);
    const both = humanTrustStatements({ ...users, networks: { ...networks, vpcs: ["vpc-0a1b2c3d"] } });
    expect(both.map(({ Sid }) => Sid)).toEqual([
      "AllowListedUsersWithRecentMfaFromAllowedNetworks",
      "AllowListedUsersWithRecentMfaFromAllowedVpcs",
    ]);
    expect(both.map(({ Condition }) => Condition?.["Bool"])).toEqual([
      { "aws:MultiFactorAuthPresent": "true" },
      { "aws:MultiFactorAuthPresent": "true" },
    ]);
  });

  test("asks for a source identity and an external id only where they are wanted", () => {
    const [plain] = humanTrustStatements(users);
    expect(plain?.Condition).not.toHaveProperty("StringEquals");
    const [asking] = humanTrustStatements({ ...users, sourceIdentity: true, externalId: "x-1" });
    expect(asking?.Action).toEqual(["sts:AssumeRole", "sts:SetSourceIdentity"]);
    expect(asking?.Condition?.["StringEquals"]).toEqual({
      "sts:ExternalId": "x-1",
      "sts:SourceIdentity": "${aws:username}",
    });
  });
});

describe("the guard", () => {
  const anyUserArn = "arn:aws:iam::123456789012:user/*";
  const sids = (settings: Parameters<typeof guardDocument>[0]) =>
    guardDocument(settings).Statement.map(({ Sid }) => Sid);

  test("has the parts that are switched on, and always denies federation tokens", () => {
    expect(sids({ anyUserArn, mfa: true, networks })).toEqual([
      "DenyOutsideAllowedNetworks",
      "DenyMostActionsWithoutMfa",
      "DenyFederationTokens",
    ]);
    expect(sids({ anyUserArn, mfa: true })).toEqual(["DenyMostActionsWithoutMfa", "DenyFederationTokens"]);
    expect(sids({ anyUserArn, mfa: false, networks })).toEqual([
      "DenyOutsideAllowedNetworks",
      "DenyFederationTokens",
    ]);
    expect(sids({ anyUserArn, mfa: false })).toEqual(["DenyFederationTokens"]);
  });

  test("names a VPC only where one is allowed", () => {
    const vpcs = ["vpc-0a1b2c3d4e5f60718"];
    const [without] = guardDocument({ anyUserArn, mfa: false, networks }).Statement;
    const [withVpc] = guardDocument({ anyUserArn, mfa: false, networks: { ...networks, vpcs } }).Statement;
    expect(without?.Condition).not.toHaveProperty("StringNotEqualsIfExists");
    expect(withVpc?.Condition?.["StringNotEqualsIfExists"]).toEqual({ "aws:SourceVpc": vpcs });
  });

  test("is small enough to leave room for networks", () => {
    expect(countedCharacters(guardDocument({ anyUserArn, mfa: true, networks }))).toBeLessThan(1000);
  });
});

test.each([true, false])(
  "self-service names one literal path, and lets reactivate: %s",
  (allowSelfReactivation) => {
    const document = selfServiceDocument({
      userArnPrefix: "arn:aws:iam::1:user/team/device/",
      mfaArnPrefix: "arn:aws:iam::1:mfa/",
      allowSelfReactivation,
    });
    const resources = document.Statement.flatMap(({ Resource }) => Resource ?? []);
    expect([...new Set(resources)].sort()).toEqual([
      "*",
      "arn:aws:iam::1:mfa/${aws:username}",
      "arn:aws:iam::1:mfa/${aws:username}/*",
      "arn:aws:iam::1:user/team/device/${aws:username}",
    ]);
    expect(JSON.stringify(document).includes("iam:UpdateAccessKey")).toBe(allowSelfReactivation);
    const everywhere = document.Statement.filter(({ Resource }) => Resource === "*");
    expect(everywhere.map(({ Action }) => Action)).toEqual(["iam:ListVirtualMFADevices"]);
  },
);

test.each([
  [false, "sts:AssumeRole"],
  [true, ["sts:AssumeRole", "sts:SetSourceIdentity"]],
])("the caller's side names exactly its roles; source identity %s", (sourceIdentity, Action) => {
  const roleArns = ["arn:aws:iam::444455556666:role/team/daily-x1"];
  expect(assumeRolesDocument([{ roleArns, sourceIdentity }]).Statement).toEqual([
    { Effect: "Allow", Action, Resource: roleArns },
  ]);
});

describe("the trust of a service", () => {
  test.each([
    ["ec2.amazonaws.com", false],
    ["ec2.amazonaws.com.cn", false],
    ["lambda.amazonaws.com", false],
    ["scheduler.amazonaws.com", true],
    ["ecs-tasks.amazonaws.com", true],
  ])("%s names the account it acts for: %s", (principal, sends) =>
    expect(sendsSourceAccount(principal)).toBe(sends),
  );

  test("has conditions only where they are asked", () => {
    const principal = "scheduler.amazonaws.com";
    expect(serviceTrustStatement({ principal })).not.toHaveProperty("Condition");
    expect(serviceTrustStatement({ principal, sourceAccount: "1", sourceArns: ["arn:x"] }).Condition).toEqual(
      {
        StringEquals: { "aws:SourceAccount": "1" },
        ArnLike: { "aws:SourceArn": ["arn:x"] },
      },
    );
  });
});

describe("the trust of GitHub", () => {
  const settings = {
    providerArn: "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com",
    repository: "octo-org/iam-baseline",
    ownerId: "123456",
    repositoryId: "456789",
    job: "environment:prod",
  };
  const byName = "repo:octo-org/iam-baseline:environment:prod";
  const byId = "repo:octo-org@123456/iam-baseline@456789:environment:prod";

  test.each([
    ["name", byName],
    ["immutable", byId],
    ["both", [byName, byId]],
  ] as const)("by %s: %j", (subjects, sub) => {
    const { Condition } = githubTrustStatement({ ...settings, subjects });
    expect(Condition).toEqual({
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": sub,
        "token.actions.githubusercontent.com:repository_id": "456789",
      },
    });
  });

  test("asks for no repository id that is not known", () => {
    const { Condition } = githubTrustStatement({ ...settings, repositoryId: undefined, subjects: "name" });
    expect(Object.keys(Condition?.["StringEquals"] ?? {})).toHaveLength(2);
  });
});
