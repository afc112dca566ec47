import { evaluate } from "../../../src/iam/evaluate";
import type { ConditionBlock } from "../../../src/iam/policy-document";
import type { Credentials } from "../../../src/iam/request";
import { ACCOUNT, accessGraph, policyOf, role, trust, user } from "../../builders/access-graph";

type Caller = "user" | "role";

/** Whether a condition holds for a call of `s3:GetObject` (or another) with these credentials. */
function holds(
  caller: Caller,
  credentials: Credentials,
  Condition: ConditionBlock,
  action = "s3:GetObject",
): string {
  const policies = [policyOf({ Effect: "Allow", Action: "*", Resource: "*", Condition })];
  const principal =
    caller === "user"
      ? user({ policies, tags: { Team: "red" } })
      : role({ policies, trust: trust(), tags: { Team: "blue" } });
  const graph = accessGraph(principal.kind === "user" ? { users: [principal] } : { roles: [principal] });
  const network = { sourceIp: "203.0.113.7" };
  return evaluate({ principal: principal.arn, credentials, network, action, resource: "*" }, graph).effect;
}

const MFA = "aws:MultiFactorAuthPresent";
const AGE = "aws:MultiFactorAuthAge";
const PRESENT: ConditionBlock = { Bool: { [MFA]: "true" } };
const NOT_PRESENT: ConditionBlock = { Bool: { [MFA]: "false" } };
const KEY_ABSENT: ConditionBlock = { Null: { [MFA]: "true" } };
const AGE_ABSENT: ConditionBlock = { Null: { [AGE]: "true" } };
const NAME_ABSENT: ConditionBlock = { Null: { "aws:username": "true" } };
const TOKEN_ABSENT: ConditionBlock = { Null: { "aws:TokenIssueTime": "true" } };

/** MFA true, MFA false, MFA key absent, age absent, user name absent, token time absent. */
const table: readonly (readonly [string, Caller, Credentials, readonly boolean[]])[] = [
  ["a long-term key", "user", { kind: "long-term-key" }, [false, false, true, true, false, true]],
  ["a session without MFA", "user", { kind: "session-token" }, [false, true, false, true, false, false]],
  [
    "a session with MFA",
    "user",
    { kind: "session-token", mfaAgeSeconds: 9 },
    [true, false, false, false, false, false],
  ],
  ["the console without MFA", "user", { kind: "console-password" }, [false, true, false, true, false, false]],
  [
    "the console with MFA",
    "user",
    { kind: "console-password", mfaAgeSeconds: 9 },
    [true, false, false, false, false, false],
  ],
  ["a session of a role", "role", { kind: "role-session" }, [false, true, false, true, true, false]],
];

test.each(table)("the condition keys of %s", (_what, caller, credentials, expected) => {
  const asked = [PRESENT, NOT_PRESENT, KEY_ABSENT, AGE_ABSENT, NAME_ABSENT, TOKEN_ABSENT];
  const answers = asked.map((condition) => holds(caller, credentials, condition) === "Allowed");
  expect(answers).toEqual(expected);
});

test("a call of AssumeRole or GetSessionToken with an MFA code has MFA of age 0, other calls have none", () => {
  const credentials: Credentials = { kind: "long-term-key", mfaCode: true };
  const fresh: ConditionBlock = { ...PRESENT, NumericEquals: { [AGE]: "0" } };
  expect(holds("user", credentials, fresh)).toBe("ImplicitlyDenied");
  expect(holds("user", credentials, KEY_ABSENT)).toBe("Allowed");
});

test("a service passes a long-term key's request on with a session that has no MFA", () => {
  const graphOf = (Condition: ConditionBlock) =>
    user({ policies: [policyOf({ Effect: "Allow", Action: "*", Resource: "*", Condition })] });
  const effect = (credentials: Credentials, Condition: ConditionBlock) =>
    evaluate(
      {
        principal: user().arn,
        credentials,
        network: "none",
        action: "s3:GetObject",
        resource: "*",
        viaAwsService: true,
      },
      accessGraph({ users: [graphOf(Condition)] }),
    ).effect;
  expect(effect({ kind: "long-term-key" }, NOT_PRESENT)).toBe("Allowed");
  expect(effect({ kind: "session-token", mfaAgeSeconds: 1 }, PRESENT)).toBe("Unknown");
});

test("BoolIfExists true fails for a role's session, because the key is there and false", () => {
  expect(holds("role", { kind: "role-session" }, { BoolIfExists: { [MFA]: "true" } })).toBe(
    "ImplicitlyDenied",
  );
});

test.each<[string, Caller, ConditionBlock]>([
  ["a user by its ARN", "user", { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:user/*` } }],
  [
    "a role's session by the role's ARN",
    "role",
    { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/baseline/daily` } },
  ],
  ["a user's account", "user", { StringEquals: { "aws:PrincipalAccount": ACCOUNT } }],
  ["a user's type", "user", { StringEquals: { "aws:PrincipalType": "User" } }],
  ["a role's type", "role", { StringEquals: { "aws:PrincipalType": "AssumedRole" } }],
  ["a user's tag", "user", { StringEquals: { "aws:PrincipalTag/team": "red" } }],
  ["a role's tag", "role", { StringEquals: { "aws:PrincipalTag/Team": "blue" } }],
  ["a tag that is not there", "user", { Null: { "aws:PrincipalTag/Other": "true" } }],
  ["a request over TLS", "user", { Bool: { "aws:SecureTransport": "true" } }],
  ["a request that no service passes on", "user", { Bool: { "aws:ViaAWSService": "false" } }],
  ["a user's lack of a source ARN", "user", { Null: { "aws:SourceArn": "true" } }],
])("a condition sees %s", (_what, caller, condition) => {
  const credentials: Credentials = caller === "user" ? { kind: "long-term-key" } : { kind: "role-session" };
  expect(holds(caller, credentials, condition)).toBe("Allowed");
});

test("the source identity of a role's session is seen", () => {
  const condition: ConditionBlock = { StringEquals: { "aws:SourceIdentity": "anna" } };
  expect(holds("role", { kind: "role-session", sourceIdentity: "anna" }, condition)).toBe("Allowed");
  expect(holds("role", { kind: "role-session" }, condition)).toBe("ImplicitlyDenied");
});

test.each<[string, ConditionBlock]>([
  ["the time", { DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } }],
  ["an organization", { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } }],
  ["a key of the action", { StringEquals: { "s3:ExistingObjectTag/team": "home" } }],
  ["a key that AWS may add one day", { StringEquals: { "aws:Weather": "fine" } }],
])("refuses to guess %s", (_what, condition) => {
  expect(holds("user", { kind: "long-term-key" }, condition)).toBe("Unknown");
});

describe("what AWS itself refuses", () => {
  const anything: ConditionBlock = {};
  test.each<[string, Caller, Credentials, string, string]>([
    ["IAM to a session without MFA", "user", { kind: "session-token" }, "iam:GetUser", "ImplicitlyDenied"],
    [
      "IAM to a session with MFA",
      "user",
      { kind: "session-token", mfaAgeSeconds: 1 },
      "iam:GetUser",
      "Allowed",
    ],
    [
      "a session to a session",
      "user",
      { kind: "session-token", mfaAgeSeconds: 1 },
      "sts:GetSessionToken",
      "ImplicitlyDenied",
    ],
    [
      "a federation token to a session",
      "user",
      { kind: "session-token" },
      "sts:GetFederationToken",
      "ImplicitlyDenied",
    ],
    [
      "other calls of STS to a session",
      "user",
      { kind: "session-token" },
      "sts:GetAccessKeyInfo",
      "ImplicitlyDenied",
    ],
    ["other services to a session", "user", { kind: "session-token" }, "s3:GetObject", "Allowed"],
    ["who am I to a session", "user", { kind: "session-token" }, "sts:GetCallerIdentity", "Allowed"],
    [
      "a federation token to a role",
      "role",
      { kind: "role-session" },
      "sts:GetFederationToken",
      "ImplicitlyDenied",
    ],
    [
      "a session token to a role",
      "role",
      { kind: "role-session" },
      "sts:GetSessionToken",
      "ImplicitlyDenied",
    ],
    ["a federation token to a key", "user", { kind: "long-term-key" }, "sts:GetFederationToken", "Allowed"],
  ])("%s", (_what, caller, credentials, action, effect) => {
    expect(holds(caller, credentials, anything, action)).toBe(effect);
  });
});

test("refuses to answer for credentials that do not belong to the principal", () => {
  expect(holds("user", { kind: "role-session" }, {})).toBe("Unknown");
  expect(holds("role", { kind: "long-term-key" }, {})).toBe("Unknown");
});
