import { evaluate } from "../../../src/iam/evaluate";
import { type AttachedPolicy, UNKNOWN_PART } from "../../../src/iam/graph";
import type { Statement } from "../../../src/iam/policy-document";
import type { AccessRequest } from "../../../src/iam/request";
import {
  ACCOUNT,
  accessGraph,
  allow,
  attached,
  deny,
  policyOf,
  role,
  trust,
  unknownDocument,
  user,
} from "../../builders/access-graph";

const later = attached(unknownDocument(), { name: "later" });
const whenRegion = (statement: Statement): Statement => ({
  ...statement,
  Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
});

function ask(policies: readonly AttachedPolicy[], parts: Partial<AccessRequest> = {}) {
  const subject = user({ policies });
  return evaluate(
    {
      principal: subject.arn,
      credentials: { kind: "long-term-key" },
      network: "none",
      action: "s3:GetObject",
      resource: "*",
      ...parts,
    },
    accessGraph({ users: [subject] }),
  );
}

test.each<[string, readonly AttachedPolicy[], string]>([
  ["an Allow that may apply", [policyOf(whenRegion(allow("*")))], "Unknown"],
  ["a Deny that may apply to what is allowed", [policyOf(allow("*"), whenRegion(deny("*")))], "Unknown"],
  ["a Deny that may apply to what nothing allows", [policyOf(whenRegion(deny("*")))], "ImplicitlyDenied"],
  [
    "a Deny that applies beside an Allow that may",
    [policyOf(whenRegion(allow("*")), deny("s3:*"))],
    "ExplicitlyDenied",
  ],
  ["an Allow beside one that may apply", [policyOf(allow("*"), whenRegion(allow("*")))], "Allowed"],
  ["one of another action", [policyOf(whenRegion(allow("iam:*")))], "ImplicitlyDenied"],
  ["an action that is known only after apply", [policyOf(allow(`s3:${UNKNOWN_PART}`))], "Unknown"],
  ["an unknown action of another service", [policyOf(allow(`iam:${UNKNOWN_PART}`))], "ImplicitlyDenied"],
  ["a document that is not known", [later], "Unknown"],
  ["a document that is not known, beside an Allow", [later, policyOf(allow("*"))], "Unknown"],
  ["a document that is not known, beside a Deny", [later, policyOf(deny("*"))], "ExplicitlyDenied"],
])("when %s", (_what, policies, effect) => {
  expect(ask(policies).effect).toBe(effect);
});

test("an unknown answer says what is not known, where and why", () => {
  expect(ask([later]).unknowns).toEqual(["aws_iam_policy.later.policy: known after apply"]);
  const [reason] = ask([policyOf(whenRegion(allow("*")))]).unknowns;
  expect(reason).toContain("statement 1 of policy (aws_iam_policy.policy)");
  expect(reason).toContain("aws:principalorgid");
});

test("an answer that is known lists no doubts", () => {
  expect(ask([policyOf(allow("*"), whenRegion(allow("*")))]).unknowns).toEqual([]);
});

test("keys that the request certainly lacks are absent and not unknown", () => {
  const prefixed: Statement = { ...allow("s3:*"), Condition: { StringLike: { "s3:prefix": "home/*" } } };
  const list = { action: "s3:ListBucket", resource: "arn:aws:s3:::octo" };
  expect(ask([policyOf(prefixed)], list).effect).toBe("Unknown");
  expect(ask([policyOf(prefixed)], { ...list, absentContext: ["S3:Prefix"] }).effect).toBe(
    "ImplicitlyDenied",
  );
  expect(ask([policyOf(prefixed)], { ...list, context: { "s3:prefix": "home/x" } }).effect).toBe("Allowed");
});

test.each([
  ["s3:prefix of an EC2 action", "s3:prefix", "ec2:DescribeInstances", "*", "ImplicitlyDenied"],
  [
    "iam:PassedToService of an S3 action",
    "iam:PassedToService",
    "s3:GetObject",
    "arn:aws:s3:::octo/x",
    "ImplicitlyDenied",
  ],
  [
    "iam:PassedToService of PassRole",
    "iam:PassedToService",
    "iam:PassRole",
    "arn:aws:iam::111122223333:role/x",
    "Unknown",
  ],
  ["a key that no list has", "s3:Weather", "s3:GetObject", "arn:aws:s3:::octo/x", "Unknown"],
  ["an action that no list has", "s3:prefix", "s3:GetWeather", "arn:aws:s3:::octo/x", "Unknown"],
])("a request carries the keys of its action and no others: %s", (_what, key, action, resource, expected) => {
  const conditional: Statement = { ...allow("*"), Condition: { StringEquals: { [key]: "x" } } };
  expect(ask([policyOf(conditional)], { action, resource }).effect).toBe(expected);
});

test("a Deny on a key that no request of the action carries denies by its negated form alone", () => {
  const unless: Statement = { ...deny("*"), Condition: { StringNotEquals: { "s3:prefix": "x" } } };
  expect(ask([policyOf(allow("*"), unless)], { action: "ec2:RunInstances", resource: "*" }).effect).toBe(
    "ExplicitlyDenied",
  );
});

describe("names that are known only after apply", () => {
  const suffix = role({
    name: `admin-${UNKNOWN_PART}`,
    trust: trust({ Effect: "Allow", Principal: { AWS: user().arn }, Action: "sts:AssumeRole" }),
    policies: [policyOf(allow("s3:*"))],
  });
  const subject = user({
    policies: [policyOf(deny("iam:*", `arn:aws:iam::${ACCOUNT}:role/baseline/admin-*`), allow("iam:*"))],
  });
  const graph = accessGraph({ users: [subject], roles: [suffix] });
  const asked = (parts: Partial<AccessRequest>) =>
    evaluate(
      {
        principal: subject.arn,
        credentials: { kind: "long-term-key" },
        network: "none",
        action: "sts:AssumeRole",
        resource: suffix.arn,
        ...parts,
      },
      graph,
    ).effect;

  test("do not keep a role from being asked for by its ARN, or its Terraform address", () => {
    expect(asked({})).toBe("Allowed");
    expect(asked({ resource: suffix.address })).toBe("Allowed");
    const session = { credentials: { kind: "role-session" }, action: "s3:GetObject", resource: "*" } as const;
    expect(asked({ ...session, principal: suffix.arn })).toBe("Allowed");
    expect(asked({ ...session, principal: suffix.address })).toBe("Allowed");
  });
  test("are covered by a pattern that leaves them open", () => {
    expect(asked({ action: "iam:DeleteRole" })).toBe("ExplicitlyDenied");
  });
  test("may be the name that a policy writes out", () => {
    const resource = `arn:aws:iam::${ACCOUNT}:role/baseline/admin-x7`;
    const named = user({ policies: [policyOf(allow("iam:*", resource))] });
    const decision = evaluate(
      {
        principal: named.arn,
        credentials: { kind: "long-term-key" },
        network: "none",
        action: "iam:DeleteRole",
        resource: suffix.arn,
      },
      accessGraph({ users: [named], roles: [suffix] }),
    );
    expect(decision.effect).toBe("Unknown");
  });
  test("shared by two principals make a question about either unanswerable, but not by address", () => {
    const twins = ["a", "b"].map((id) =>
      user({ name: UNKNOWN_PART, address: `aws_iam_user.${id}`, policies: [policyOf(allow("*"))] }),
    );
    const [one] = twins;
    const question = {
      credentials: { kind: "long-term-key" },
      network: "none",
      action: "s3:X",
      resource: "*",
    } as const;
    expect(evaluate({ ...question, principal: one?.arn ?? "" }, accessGraph({ users: twins })).effect).toBe(
      "Unknown",
    );
    expect(evaluate({ ...question, principal: "aws_iam_user.b" }, accessGraph({ users: twins })).effect).toBe(
      "Allowed",
    );
  });
  test("of a principal in a trust policy are not guessed", () => {
    const trusting = (AWS: string) =>
      role({ trust: trust({ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }) });
    const assume = (AWS: string) =>
      evaluate(
        {
          principal: subject.arn,
          credentials: { kind: "long-term-key" },
          network: "none",
          action: "sts:AssumeRole",
          resource: trusting(AWS).arn,
        },
        accessGraph({ users: [subject], roles: [trusting(AWS)] }),
      ).effect;
    expect(assume(UNKNOWN_PART)).toBe("Unknown");
    expect(assume(`arn:aws:iam::${ACCOUNT}:user/baseline/device/${UNKNOWN_PART}`)).toBe("Unknown");
    expect(assume(`arn:aws:iam::${ACCOUNT}:user/baseline/ci/${UNKNOWN_PART}`)).toBe("ImplicitlyDenied");
  });
});

test("a boundary that is not known limits nobody knows what", () => {
  const bounded = user({ policies: [policyOf(allow("*"))], permissionsBoundary: later });
  const decision = evaluate(
    {
      principal: bounded.arn,
      credentials: { kind: "long-term-key" },
      network: "none",
      action: "s3:X",
      resource: "*",
    },
    accessGraph({ users: [bounded] }),
  );
  expect(decision.effect).toBe("Unknown");
});

test("a trust policy that is not known lets nobody knows whom in", () => {
  const target = role({ trust: { ...later, kind: "trust" } });
  const subject = user();
  const decision = evaluate(
    {
      principal: subject.arn,
      credentials: { kind: "long-term-key" },
      network: "none",
      action: "sts:AssumeRole",
      resource: target.arn,
    },
    accessGraph({ users: [subject], roles: [target] }),
  );
  expect(decision).toMatchObject({
    effect: "Unknown",
    unknowns: ["aws_iam_policy.later.policy: known after apply"],
  });
});

test("a principal of no kind that IAM knows is not judged", () => {
  expect(ask([], { principal: "somebody" }).effect).toBe("Unknown");
});

test("an unknown answer words its first doubt and counts the others", () => {
  const { because } = ask([later, policyOf(whenRegion(allow("*")))]);
  expect(because).toMatch(
    /^whether s3:GetObject on \* by user .* is allowed is not known: aws_iam_policy.later/,
  );
  expect(because).toMatch(/\(and 1 more\)$/);
});
