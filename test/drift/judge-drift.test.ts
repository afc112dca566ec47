import type { AccountInventory } from "../../src/aws/inventory";
import { judgeDrift } from "../../src/drift/judge-drift";
import { type AccessGraph, UNKNOWN_PART } from "../../src/iam/graph";
import { policyDocument } from "../../src/iam/policy-document";
import {
  ACCOUNT,
  accessGraph,
  allow,
  attached,
  deny,
  group,
  role,
  trust,
  user,
} from "../builders/access-graph";
import {
  accountInventory,
  credentials,
  groupDetails,
  policyDetails,
  roleDetails,
  userDetails,
} from "../builders/account-inventory";

const LAPTOP = `arn:aws:iam::${ACCOUNT}:user/baseline/device/laptop`;
const GUARD = `arn:aws:iam::${ACCOUNT}:policy/baseline/guard`;
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const device = { path: "/baseline/device/" };

const trusting = (...AWS: readonly string[]) =>
  ({
    Effect: "Allow",
    Principal: { AWS },
    Action: "sts:AssumeRole",
    Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  }) as const;
const guardDocument = policyDocument(deny("*"));
const guard = attached(guardDocument, { name: "guard", arn: GUARD });
const developers = group({ path: "/baseline/", policies: [guard] });
const laptop = user({ groups: [developers] });
const daily = role({ name: `daily-${UNKNOWN_PART}`, trust: trust(trusting(LAPTOP)) });

/** One device in its guarded group, one role that trusts it. */
const declared: AccessGraph = accessGraph({
  users: [laptop],
  groups: [developers],
  roles: [daily],
  managedPolicies: [guard],
});

const held = {
  users: [userDetails("laptop", { ...device, groups: ["developers"] })],
  groups: [groupDetails("developers", { path: "/baseline/", attached: [GUARD] })],
  roles: [roleDetails("daily-a1b2c3d4", policyDocument(trusting(LAPTOP)), { path: "/baseline/" })],
  policies: [policyDetails("guard", guardDocument)],
};

function judge(inventory: AccountInventory) {
  return judgeDrift({
    environment: "prod",
    plans: [],
    withoutPlan: [{ stack: "prod-identity", graph: declared }],
    inventory,
  });
}

function told(inventory: AccountInventory): readonly string[] {
  return judge(inventory).findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`);
}

test("an account that is as declared gives nothing", () => {
  expect(told(accountInventory(held))).toEqual([]);
});

describe("what somebody changed", () => {
  test.each([
    [
      "a user joined a further group by hand, which no plan shows",
      {
        users: [userDetails("laptop", { ...device, groups: ["developers", "admins"] })],
        groups: [...held.groups, groupDetails("admins", { attached: [ADMINISTRATOR] })],
      },
      ["critical group-joined user/laptop/group/admins", "critical undeclared-group group/admins"],
    ],
    [
      "the guard was rewritten",
      { policies: [policyDetails("guard", policyDocument(deny("s3:*")))] },
      ["critical policy-changed policy/baseline/guard"],
    ],
    [
      "the guard was detached",
      { groups: [groupDetails("developers", { path: "/baseline/" })] },
      ["critical policy-detached group/developers/policy/baseline/guard"],
    ],
    [
      "a read-only policy was attached to a role",
      {
        roles: [
          roleDetails("daily-a1b2c3d4", policyDocument(trusting(LAPTOP)), {
            path: "/baseline/",
            inline: { peek: policyDocument(allow("s3:ListBucket", "arn:aws:s3:::x")) },
          }),
        ],
      },
      ["medium policy-attached role/daily-a1b2c3d4/inline-policy/peek"],
    ],
    ["a user was deleted", { users: [] }, ["medium principal-deleted user/laptop"]],
    [
      "a group was deleted: its members are not told as well",
      { groups: [], users: [userDetails("laptop", device)] },
      ["high principal-deleted group/developers"],
    ],
    [
      "AWS quarantined a user",
      {
        users: [
          userDetails("laptop", {
            ...device,
            groups: ["developers"],
            attached: ["arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"],
          }),
        ],
      },
      ["critical key-quarantined user/laptop/policy/AWSCompromisedKeyQuarantineV3"],
    ],
    [
      "a trusted user was deleted and made again",
      {
        roles: [
          roleDetails("daily-a1b2c3d4", policyDocument(trusting("AIDAQ2YR4XO5OSQJM1PPG")), {
            path: "/baseline/",
          }),
        ],
      },
      ["high principal-recreated role/daily-a1b2c3d4"],
    ],
    [
      "a trust names a user, on a condition that only another one meets: nobody gains",
      {
        roles: [
          roleDetails(
            "daily-a1b2c3d4",
            policyDocument(trusting(LAPTOP), {
              ...trusting(`arn:aws:iam::${ACCOUNT}:user/baseline/device/tablet`),
              Condition: { ArnEquals: { "aws:PrincipalArn": LAPTOP } },
            }),
            { path: "/baseline/" },
          ),
        ],
        users: [...held.users, userDetails("tablet", { ...device, groups: ["developers"] })],
      },
      [
        "low trust-changed role/daily-a1b2c3d4",
        "low group-joined user/tablet/group/developers",
        "high undeclared-user user/tablet",
      ],
    ],
    [
      "a trust lost its MFA",
      {
        roles: [
          roleDetails(
            "daily-a1b2c3d4",
            policyDocument({ Effect: "Allow", Principal: { AWS: LAPTOP }, Action: "sts:AssumeRole" }),
            { path: "/baseline/" },
          ),
        ],
      },
      ["critical trust-changed role/daily-a1b2c3d4"],
    ],
  ])("%s", (_what, difference, expected) => {
    expect(told(accountInventory({ ...held, ...difference }))).toEqual(expected);
  });

  test.each([
    ["a renamed Sid", policyDocument({ ...deny("*"), Sid: "Other" })],
    ["a statement that another one contains", policyDocument(deny("*"), deny("s3:*"))],
    ["a list of one", policyDocument({ ...deny("*"), Action: ["*"], Resource: ["*"] })],
  ])("%s is no access change", (_what, document) => {
    expect(told(accountInventory({ ...held, policies: [policyDetails("guard", document)] }))).toEqual([]);
  });

  test("a longer session of a role is told", () => {
    const inventory = accountInventory(held, { roleSessions: { value: { "daily-a1b2c3d4": 43_200 } } });
    expect(told(inventory)).toEqual(["medium session-changed role/daily-a1b2c3d4"]);
  });

  test("the remedy of a quarantine never is to deploy", () => {
    const attachedByAws = ["arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2"];
    const users = [userDetails("laptop", { ...device, groups: ["developers"], attached: attachedByAws })];
    const [finding] = judge(accountInventory({ ...held, users })).findings;
    expect(finding?.remedy).toMatch(/^Do not deploy now/);
  });

  test("what no apply undoes has a command", () => {
    const users = [userDetails("laptop", { ...device, groups: ["developers", "x"] })];
    const groups = [...held.groups, groupDetails("x")];
    const joined = judge(accountInventory({ ...held, users, groups })).findings.find(
      ({ rule }) => rule === "group-joined",
    );
    expect(joined?.remedy).toContain("`aws iam remove-user-from-group --user-name laptop --group-name x`");
  });
});

describe("what nobody declares", () => {
  const anybody = policyDocument({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" });
  const byService = policyDocument({
    Effect: "Allow",
    Principal: { Service: "ec2.amazonaws.com" },
    Action: "sts:AssumeRole",
  });

  test("a user with a policy: who accepts the user has not accepted the policy", () => {
    const users = [...held.users, userDetails("intruder", { attached: [ADMINISTRATOR] })];
    expect(told(accountInventory({ ...held, users }))).toEqual([
      "critical policy-attached user/intruder/policy/AdministratorAccess",
      "critical undeclared-user user/intruder",
    ]);
  });

  test.each([
    ["below the namespace", "/baseline/", byService, ["medium undeclared-role role/other"]],
    ["elsewhere, for a service", "/", byService, []],
    ["elsewhere, that trusts a user whose guard denies it", "/", policyDocument(trusting(LAPTOP)), []],
    ["of a service of AWS", "/aws-service-role/ec2.amazonaws.com/", anybody, []],
    ["of Identity Center", "/aws-reserved/sso.amazonaws.com/", anybody, []],
  ])("a role %s", (_where, path, document, expected) => {
    const roles = [...held.roles, roleDetails("other", document, { path })];
    expect(told(accountInventory({ ...held, roles }))).toEqual(expected);
  });

  test("a role elsewhere that a user may assume is told with the user", () => {
    const free = [userDetails("free", { path: "/" })];
    const named = policyDocument(trusting(`arn:aws:iam::${ACCOUNT}:user/free`));
    const { findings } = judge(
      accountInventory({
        ...held,
        users: [...held.users, ...free],
        roles: [...held.roles, roleDetails("other", named, { attached: [ADMINISTRATOR] })],
      }),
    );
    expect(findings.find(({ rule }) => rule === "undeclared-role")).toMatchObject({
      severity: "critical",
      message: expect.stringContaining("user/free may assume it"),
    });
  });

  test("roles of others are counted", () => {
    const roles = [...held.roles, roleDetails("other", byService)];
    expect(judge(accountInventory({ ...held, roles })).othersRoles).toBe(1);
  });

  test("a policy below the namespace, and none elsewhere", () => {
    const policies = [
      ...held.policies,
      policyDetails("left-over", policyDocument(allow("s3:*"))),
      policyDetails("shop", policyDocument(allow("s3:*")), "/"),
    ];
    expect(told(accountInventory({ ...held, policies }))).toEqual([
      "low undeclared-policy policy/baseline/left-over",
    ]);
  });

  test("identity providers, but Identity Center's own", () => {
    const provider = (name: string) => ({ arn: `arn:aws:iam::${ACCOUNT}:${name}` });
    const inventory = accountInventory(held, {
      oidcProviders: { value: [provider("oidc-provider/evil.example.com")] },
      samlProviders: {
        value: [provider("saml-provider/AWSSSO_0a_DO_NOT_DELETE"), provider("saml-provider/old")],
      },
    });
    expect(told(inventory)).toEqual([
      "high undeclared-identity-provider oidc-provider/evil.example.com",
      "high undeclared-identity-provider saml-provider/old",
    ]);
  });

  test.each([
    ["a password", { loginProfile: { value: {} } }, ["high undeclared-password user/laptop"]],
    ["its own keys", { accessKeys: { value: [{ maskedId: "****ABCD", status: "Active" }] } }, []],
    [
      "an SSH key",
      { sshPublicKeys: { value: [{ status: "Active" }] } },
      ["medium undeclared-ssh-key user/laptop"],
    ],
    [
      "an inactive SSH key",
      { sshPublicKeys: { value: [{ status: "Inactive" }] } },
      ["low undeclared-ssh-key user/laptop"],
    ],
    [
      "a service-specific credential",
      { serviceSpecificCredentials: { value: [{ status: "Active", service: "bedrock.amazonaws.com" }] } },
      ["high undeclared-service-credential user/laptop"],
    ],
    [
      "a signing certificate",
      { signingCertificates: { value: [{ status: "Active" }] } },
      ["medium undeclared-signing-certificate user/laptop"],
    ],
    ["its own MFA device", { mfaDevices: { value: [`arn:aws:iam::${ACCOUNT}:mfa/laptop`] } }, []],
    [
      "a second device of its own",
      { mfaDevices: { value: [`arn:aws:iam::${ACCOUNT}:mfa/laptop/phone`] } },
      [],
    ],
    [
      "another's MFA device",
      { mfaDevices: { value: [`arn:aws:iam::${ACCOUNT}:mfa/laptop-2`] } },
      ["medium undeclared-mfa-device user/laptop"],
    ],
  ])("a declared user with %s", (_what, difference, expected) => {
    const users = { laptop: credentials(difference as Parameters<typeof credentials>[0]) };
    expect(told(accountInventory(held, { users }))).toEqual(expected);
  });

  test("an access key of the root user", () => {
    const inventory = accountInventory(held, { summary: { value: { AccountAccessKeysPresent: 1 } } });
    expect(told(inventory)).toEqual(["critical undeclared-access-key root"]);
  });
});

describe("a version of a policy that is not in force", () => {
  const versions = (inForce: string, ...documents: readonly ReturnType<typeof policyDocument>[]) => ({
    ...policyDetails("guard", guardDocument),
    DefaultVersionId: inForce,
    PolicyVersionList: documents.map((Document, index) => ({
      VersionId: `v${index + 1}`,
      IsDefaultVersion: `v${index + 1}` === inForce,
      Document,
    })),
  });
  const open = policyDocument(allow("*"));

  test.each([
    ["and is older is none of anybody's business", versions("v2", open, guardDocument), []],
    [
      "and is newer waits to be put in force",
      versions("v1", guardDocument, open),
      ["critical policy-version-waiting policy/baseline/guard"],
    ],
    [
      "and is newer, as somebody set an older one: one finding",
      versions("v1", open, guardDocument),
      ["critical policy-changed policy/baseline/guard"],
    ],
  ])("%s", (_what, policy, expected) => {
    expect(told(accountInventory({ ...held, policies: [policy] }))).toEqual(expected);
  });
});

describe("a stack of which no plan tells", () => {
  const drift = (isUnread: boolean, held: Parameters<typeof accountInventory>[0]) =>
    judgeDrift({
      environment: "prod",
      plans: [],
      withoutPlan: [{ stack: "prod-identity", graph: declared, isUnread }],
      inventory: accountInventory(held),
    });

  test.each([true, false])(
    "and of which the account holds nothing is not checked (unread: %s)",
    (isUnread) => {
      const { findings, notChecked } = drift(isUnread, {});
      expect(findings).toEqual([]);
      expect(notChecked).toEqual([
        {
          rule: "stack-not-deployed",
          reason: expect.stringContaining("the account holds none of its 3 users, groups and roles"),
        },
      ]);
    },
  );

  test("because it could not be read does not tell deletions from what was never deployed", () => {
    const { findings, notChecked } = drift(true, { ...held, users: [] });
    expect(findings).toEqual([]);
    expect(notChecked).toEqual([
      {
        rule: "stack-not-deployed",
        reason: expect.stringContaining("whether user/laptop were deleted or never deployed"),
      },
    ]);
  });

  test("is compared all the same where the account holds it", () => {
    const groups = [groupDetails("developers", { path: "/baseline/", attached: [GUARD, ADMINISTRATOR] })];
    expect(drift(true, { ...held, groups }).findings.map(({ rule }) => rule)).toEqual(["policy-attached"]);
  });
});

test("parts of names that are not known are shown as a star", () => {
  const { findings } = judge(accountInventory({ ...held, roles: [] }));
  expect(findings.map(({ address }) => address)).toEqual(["role/daily-*"]);
  expect(JSON.stringify(findings)).not.toContain(UNKNOWN_PART);
});

describe("what was not answered", () => {
  test("is listed once for each kind of credential, with its reason", () => {
    const refused = { notChecked: "ListSSHPublicKeys: AccessDenied" };
    const inventory = accountInventory(held, { users: { laptop: credentials({ sshPublicKeys: refused }) } });
    expect(judge(inventory).notChecked).toEqual([
      { rule: "undeclared-ssh-key", reason: "SSH keys of 1 user: ListSSHPublicKeys: AccessDenied" },
    ]);
  });

  test("a user of whom the inventory tells no credentials is not taken for one without", () => {
    const rules = judge(accountInventory(held, { users: {} })).notChecked.map(({ rule }) => rule);
    expect(rules).toContain("undeclared-password");
    expect(rules).toHaveLength(6);
  });

  test("a user called like a property of every object is one like others", () => {
    const users = [...held.users, userDetails("constructor")];
    const inventory = accountInventory({ ...held, users }, { users: { laptop: credentials() } });
    expect(judge(inventory).notChecked[0]?.reason).toContain("of 1 user");
  });
});
