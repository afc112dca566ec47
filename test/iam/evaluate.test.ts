import { evaluate } from "../../src/iam/evaluate";
import type { AccessRequest, Credentials } from "../../src/iam/request";
import {
  ACCOUNT,
  accessGraph,
  allow,
  attached,
  group,
  policyOf,
  role,
  trust,
  user,
} from "../builders/access-graph";
import {
  guardPolicy,
  guardStatements,
  humanTrustStatement,
  recipeGuardStatement,
  selfServicePolicy,
  VPC,
} from "../builders/baseline-policies";

const developers = group({
  policies: [attached(guardPolicy, { name: "guard" }), attached(selfServicePolicy, { name: "self-service" })],
});
const laptop = user({ name: "laptop", groups: [developers] });
const homePc = user({ name: "p", groups: [developers] });
const daily = role({ trust: trust(humanTrustStatement([laptop.arn])), policies: [policyOf(allow("s3:*"))] });
const unguarded = user({ name: "unguarded", policies: [policyOf(allow("*"))] });
const guardedAdmin = user({
  name: "guarded-admin",
  groups: [developers],
  policies: [policyOf(allow("*"))],
});
const recipeAdmin = user({
  name: "recipe-admin",
  policies: [policyOf(allow("*"), recipeGuardStatement)],
});
const guardedRole = role({
  name: "guarded-role",
  trust: trust(humanTrustStatement([laptop.arn])),
  policies: [policyOf(allow("*"), ...guardStatements)],
});
const graph = accessGraph({
  users: [laptop, homePc, unguarded, guardedAdmin, recipeAdmin],
  groups: [developers],
  roles: [daily, guardedRole],
});

const key: Credentials = { kind: "long-term-key" };
const session: Credentials = { kind: "session-token" };
const mfa: Credentials = { kind: "session-token", mfaAgeSeconds: 60 };
const insideV4 = { sourceIp: "203.0.113.7" };

function ask(parts: Partial<AccessRequest> = {}) {
  return evaluate(
    {
      principal: laptop.arn,
      credentials: key,
      network: insideV4,
      action: "iam:GetUser",
      resource: laptop.arn,
      ...parts,
    },
    graph,
  );
}

const OWN_MFA = `arn:aws:iam::${ACCOUNT}:mfa/laptop`;

describe("a guarded developer", () => {
  test.each<[string, Credentials, string, string, string]>([
    ["reads himself", key, "iam:GetUser", laptop.arn, "Allowed"],
    ["creates his MFA device", key, "iam:CreateVirtualMFADevice", OWN_MFA, "Allowed"],
    ["enables his MFA device", key, "iam:EnableMFADevice", laptop.arn, "Allowed"],
    ["lists MFA devices", key, "iam:ListVirtualMFADevices", "*", "Allowed"],
    ["gets a session token", key, "sts:GetSessionToken", "*", "Allowed"],
    ["asks who he is", key, "sts:GetCallerIdentity", "*", "Allowed"],
    ["creates an access key", key, "iam:CreateAccessKey", laptop.arn, "ExplicitlyDenied"],
    ["reads S3", key, "s3:GetObject", "arn:aws:s3:::data/x", "ExplicitlyDenied"],
    ["assumes his role", key, "sts:AssumeRole", daily.arn, "ExplicitlyDenied"],
    ["deactivates his MFA device", key, "iam:DeactivateMFADevice", laptop.arn, "ExplicitlyDenied"],
    ["gets a federation token", key, "sts:GetFederationToken", "*", "ExplicitlyDenied"],
    ["creates an access key", session, "iam:CreateAccessKey", laptop.arn, "ExplicitlyDenied"],
    ["reads himself", session, "iam:GetUser", laptop.arn, "ImplicitlyDenied"],
    ["assumes his role", session, "sts:AssumeRole", daily.arn, "ExplicitlyDenied"],
    ["creates an access key", mfa, "iam:CreateAccessKey", laptop.arn, "Allowed"],
    ["deactivates his MFA device", mfa, "iam:DeactivateMFADevice", laptop.arn, "Allowed"],
    ["deletes his MFA device", mfa, "iam:DeleteVirtualMFADevice", OWN_MFA, "Allowed"],
    ["assumes his role", mfa, "sts:AssumeRole", daily.arn, "Allowed"],
    ["reads S3", mfa, "s3:GetObject", "arn:aws:s3:::data/x", "ImplicitlyDenied"],
    ["gets a federation token", mfa, "sts:GetFederationToken", "*", "ExplicitlyDenied"],
  ])("%s with %j (%s): %s %s", (_what, credentials, action, resource, effect) => {
    expect(ask({ credentials, action, resource }).effect).toBe(effect);
  });

  test.each([
    [3600, "Allowed"],
    [3601, "ImplicitlyDenied"],
  ])("assumes his role %i seconds after MFA: %s", (mfaAgeSeconds, effect) => {
    const credentials: Credentials = { kind: "session-token", mfaAgeSeconds };
    expect(ask({ credentials, action: "sts:AssumeRole", resource: daily.arn }).effect).toBe(effect);
  });

  test("assumes his role with an MFA code given in the call itself", () => {
    const credentials: Credentials = { kind: "long-term-key", mfaCode: true };
    expect(ask({ credentials, action: "sts:AssumeRole", resource: daily.arn }).effect).toBe("Allowed");
  });

  test("refuses to take an MFA code for a call that has none", () => {
    const credentials: Credentials = { kind: "long-term-key", mfaCode: true };
    expect(ask({ credentials, action: "iam:CreateAccessKey" }).effect).toBe("ExplicitlyDenied");
  });

  test.each<[string, AccessRequest["network"], string]>([
    ["the allowed IPv4 network", insideV4, "Allowed"],
    ["the allowed IPv6 network", { sourceIp: "2001:db8:1::7" }, "Allowed"],
    ["another IPv4 address", { sourceIp: "198.51.100.7" }, "ExplicitlyDenied"],
    ["another IPv6 address", { sourceIp: "2001:db8:2::7" }, "ExplicitlyDenied"],
    ["nowhere", "none", "ExplicitlyDenied"],
    ["the allowed VPC", { vpc: VPC }, "Allowed"],
    ["a foreign VPC", { vpc: "vpc-0ffffffffffffffff" }, "ExplicitlyDenied"],
  ])("rotates his key from %s: %s", (_where, network, effect) => {
    expect(ask({ credentials: mfa, network, action: "iam:CreateAccessKey" }).effect).toBe(effect);
  });

  test("assumes no role from the allowed VPC, which the trust does not list", () => {
    const network = { vpc: VPC };
    expect(ask({ credentials: mfa, network, action: "sts:AssumeRole", resource: daily.arn }).effect).toBe(
      "ImplicitlyDenied",
    );
  });

  test("is served by an AWS service from whatever address that has", () => {
    const outside = { sourceIp: "198.51.100.7" };
    const request = { principal: guardedAdmin.arn, action: "kms:Decrypt", resource: "*", credentials: mfa };
    expect(ask({ ...request, network: outside, viaAwsService: true }).effect).toBe("Allowed");
    expect(ask({ ...request, network: outside }).effect).toBe("ExplicitlyDenied");
  });

  test.each([
    ["another user", homePc.arn],
    ["a user whose name ends like his", `arn:aws:iam::${ACCOUNT}:user/baseline/device/my-laptop`],
    ["a user of his name in another path", `arn:aws:iam::${ACCOUNT}:user/baseline/ci/laptop`],
  ])("refuses to create an access key for %s", (_whom, resource) => {
    expect(ask({ credentials: mfa, action: "iam:CreateAccessKey", resource }).effect).toBe(
      "ImplicitlyDenied",
    );
  });

  test("refuses user p what is laptop-p's", () => {
    const request = { principal: homePc.arn, credentials: mfa, action: "iam:CreateAccessKey" };
    expect(
      ask({ ...request, resource: `arn:aws:iam::${ACCOUNT}:user/baseline/device/laptop-p` }).effect,
    ).toBe("ImplicitlyDenied");
  });

  test.each([
    ["another user's MFA device", `arn:aws:iam::${ACCOUNT}:mfa/p`],
    ["an MFA device whose name begins with his", `arn:aws:iam::${ACCOUNT}:mfa/laptop-2`],
  ])("refuses to create %s", (_what, resource) => {
    expect(ask({ action: "iam:CreateVirtualMFADevice", resource }).effect).toBe("ImplicitlyDenied");
  });
});

test("the guard does nothing to a role's session, whatever its address", () => {
  const request = { principal: guardedRole.arn, credentials: { kind: "role-session" } as const };
  const network = { sourceIp: "198.51.100.7" };
  expect(ask({ ...request, network, action: "s3:GetObject", resource: "*" }).effect).toBe("Allowed");
});

test("the guard of common recipes lets an administrator's access key through without MFA", () => {
  const request = { action: "s3:GetObject", resource: "*" };
  expect(ask({ ...request, principal: recipeAdmin.arn }).effect).toBe("Allowed");
  expect(ask({ ...request, principal: guardedAdmin.arn }).effect).toBe("ExplicitlyDenied");
});

test("self-service gives a role's session nothing, because it has no user name", () => {
  const selfServed = role({ trust: trust(), policies: [attached(selfServicePolicy)] });
  const decision = evaluate(
    {
      principal: selfServed.arn,
      credentials: { kind: "role-session" },
      network: insideV4,
      action: "iam:CreateAccessKey",
      resource: laptop.arn,
    },
    accessGraph({ roles: [selfServed] }),
  );
  expect(decision.effect).toBe("ImplicitlyDenied");
});

describe("what a decision tells", () => {
  test("the statement that denied, the group that carries it and how it is attached", () => {
    const { statements } = ask({ action: "iam:CreateAccessKey" });
    expect(statements).toEqual([
      {
        statement: guardStatements[1],
        index: 1,
        policyName: "guard",
        policyAddress: "aws_iam_policy.guard",
        policyKind: "managed",
        attachedTo: developers.arn,
        attachedBy: "aws_iam_policy.guard-attachment",
      },
    ]);
  });
  test("all statements that denied", () => {
    const denied = ask({ action: "iam:CreateAccessKey", network: "none" });
    expect(denied.statements.map(({ statement }) => statement.Sid)).toEqual([
      "DenyOutsideAllowedNetworks",
      "DenyMostActionsWithoutMfa",
    ]);
  });
  test("the statement that allowed", () => {
    const allowed = ask({ credentials: mfa, action: "sts:AssumeRole", resource: daily.arn });
    expect(allowed.statements).toMatchObject([{ policyKind: "trust", attachedTo: daily.arn }]);
  });
  test("the condition for which alone a statement did not allow", () => {
    const credentials: Credentials = { kind: "session-token", mfaAgeSeconds: 3601 };
    const { because } = ask({ credentials, action: "sts:AssumeRole", resource: daily.arn });
    expect(because).toContain('condition NumericLessThanEquals aws:MultiFactorAuthAge "3600" does not hold');
  });
  test("that AWS itself refuses IAM to a session without MFA", () => {
    expect(ask({ credentials: session }).because).toContain("InvalidClientTokenId");
  });
});
