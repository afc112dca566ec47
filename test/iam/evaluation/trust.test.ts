import { evaluate } from "../../../src/iam/evaluate";
import type { Role, User } from "../../../src/iam/graph";
import type { Statement } from "../../../src/iam/policy-document";
import type { AccessRequest } from "../../../src/iam/request";
import {
  ACCOUNT,
  accessGraph,
  allow,
  deny,
  OTHER_ACCOUNT,
  policyOf,
  role,
  trust,
  user,
} from "../../builders/access-graph";

const trusting = (Principal: Statement["Principal"], parts: Partial<Statement> = {}): Statement => ({
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRole",
  ...parts,
});

/** Who asks for a role with this trust. */
function assume(caller: User | Role, statements: readonly Statement[], parts: Partial<AccessRequest> = {}) {
  const target = role({ name: "target", trust: trust(...statements) });
  const graph = accessGraph({
    users: caller.kind === "user" ? [caller] : [],
    roles: caller.kind === "role" ? [caller, target] : [target],
  });
  return evaluate(
    {
      principal: caller.arn,
      credentials:
        caller.kind === "user" ? { kind: "long-term-key" } : { kind: "role-session", sessionName: "s" },
      network: "none",
      action: "sts:AssumeRole",
      resource: target.arn,
      ...parts,
    },
    graph,
  );
}

const mayAssume = policyOf(allow("sts:AssumeRole"));
const plain = user();
const permitted = user({ policies: [mayAssume] });
const bounded = user({ policies: [mayAssume], permissionsBoundary: policyOf(allow("s3:*")) });
const foreign = user({ accountId: OTHER_ACCOUNT });
const foreignPermitted = user({ accountId: OTHER_ACCOUNT, policies: [mayAssume] });
const caller = (parts: Partial<Role> = {}): Role => role({ name: "caller", trust: trust(), ...parts });
const sessionOf = `arn:aws:sts::${ACCOUNT}:assumed-role/caller/s`;
const root = `arn:aws:iam::${ACCOUNT}:root`;

describe("in the role's own account", () => {
  test.each<[string, User, Statement["Principal"], string]>([
    ["a user who is named needs no permission", plain, { AWS: plain.arn }, "Allowed"],
    ["a user who is not named is not let in", plain, { AWS: `${plain.arn}-2` }, "ImplicitlyDenied"],
    ["the account delegates to its policies", permitted, { AWS: root }, "Allowed"],
    ["the account's id does too", permitted, { AWS: ACCOUNT }, "Allowed"],
    ["the account alone is not enough", plain, { AWS: root }, "ImplicitlyDenied"],
    ["another account's root is not the user's", permitted, { AWS: OTHER_ACCOUNT }, "ImplicitlyDenied"],
    ["everyone takes the user in", plain, "*", "Allowed"],
    ["everyone in AWS takes the user in", plain, { AWS: "*" }, "Allowed"],
    ["a service is not the user", permitted, { Service: "ec2.amazonaws.com" }, "ImplicitlyDenied"],
    [
      "a boundary that is silent does not limit a user who is named",
      bounded,
      { AWS: bounded.arn },
      "Allowed",
    ],
    [
      "a boundary that is silent limits one whose account is named",
      bounded,
      { AWS: root },
      "ImplicitlyDenied",
    ],
    ["the id of a deleted user is not the user", plain, { AWS: "AIDAEXAMPLEEXAMPLEEXA" }, "ImplicitlyDenied"],
    [
      "the user's name is compared with its case",
      plain,
      { AWS: plain.arn.toUpperCase() },
      "ImplicitlyDenied",
    ],
  ])("%s", (_what, who, principal, effect) => {
    expect(assume(who, [trusting(principal)]).effect).toBe(effect);
  });

  test("a Deny of the user's own policies wins over his being named", () => {
    const denied = user({ policies: [policyOf(deny("sts:*"))] });
    expect(assume(denied, [trusting({ AWS: denied.arn })]).effect).toBe("ExplicitlyDenied");
  });
  test("a Deny of the boundary wins over his being named", () => {
    const denied = user({ permissionsBoundary: policyOf(allow("*"), deny("sts:*")) });
    expect(assume(denied, [trusting({ AWS: denied.arn })]).effect).toBe("ExplicitlyDenied");
  });
  test("a Deny of the trust policy wins", () => {
    const statements = [trusting({ AWS: root }), trusting({ AWS: plain.arn }, { Effect: "Deny" })];
    expect(assume(permitted, statements).effect).toBe("ExplicitlyDenied");
  });
  test("a Deny of the account is one of everyone in it", () => {
    const statements = [trusting({ AWS: plain.arn }), trusting({ AWS: root }, { Effect: "Deny" })];
    expect(assume(plain, statements).effect).toBe("ExplicitlyDenied");
  });
});

describe("from another account", () => {
  test.each<[string, User, Statement["Principal"], string]>([
    ["both sides must allow", foreignPermitted, { AWS: foreign.arn }, "Allowed"],
    ["being named is not enough", foreign, { AWS: foreign.arn }, "ImplicitlyDenied"],
    ["everyone is not enough", foreign, "*", "ImplicitlyDenied"],
    ["the account and a permission are", foreignPermitted, { AWS: OTHER_ACCOUNT }, "Allowed"],
    ["a permission is not enough", foreignPermitted, { AWS: root }, "ImplicitlyDenied"],
  ])("%s", (_what, who, principal, effect) => {
    expect(assume(who, [trusting(principal)]).effect).toBe(effect);
  });
  test("the caller's boundary must allow too", () => {
    const limited = user({
      accountId: OTHER_ACCOUNT,
      policies: [mayAssume],
      permissionsBoundary: policyOf(allow("s3:*")),
    });
    expect(assume(limited, [trusting({ AWS: limited.arn })]).effect).toBe("ImplicitlyDenied");
  });
  test("both sides are told", () => {
    const kinds = assume(foreignPermitted, [trusting({ AWS: foreign.arn })]).statements.map(
      (s) => s.policyKind,
    );
    expect(kinds).toEqual(["managed", "trust"]);
  });
});

describe("from role to role", () => {
  const limits = { permissionsBoundary: policyOf(allow("s3:*")) };
  test.each<[string, Role, Statement["Principal"], string]>([
    ["a session is named by its role's ARN", caller(), { AWS: caller().arn }, "Allowed"],
    ["a session is named by its own ARN, without the role's path", caller(), { AWS: sessionOf }, "Allowed"],
    ["another session's ARN is not its own", caller(), { AWS: `${sessionOf}2` }, "ImplicitlyDenied"],
    [
      "a silent boundary limits a role that is named",
      caller(limits),
      { AWS: caller().arn },
      "ImplicitlyDenied",
    ],
    [
      "a silent boundary does not limit a session that is named",
      caller(limits),
      { AWS: sessionOf },
      "Allowed",
    ],
  ])("%s", (_what, who, principal, effect) => {
    expect(assume(who, [trusting(principal)]).effect).toBe(effect);
  });
  test("a session is never one with MFA", () => {
    const withMfa = trusting(
      { AWS: caller().arn },
      { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
    );
    expect(assume(caller(), [withMfa]).effect).toBe("ImplicitlyDenied");
  });
  test("whether a session whose name is not said is the one that is named is not guessed", () => {
    const credentials = { kind: "role-session" } as const;
    expect(assume(caller(), [trusting({ AWS: sessionOf })], { credentials }).effect).toBe("Unknown");
  });
  test("a session may be asked for by its own ARN", () => {
    expect(assume(caller(), [trusting({ AWS: sessionOf })], { principal: sessionOf }).effect).toBe("Allowed");
  });
});

describe("services and root users", () => {
  const service = (name: string, statements: readonly Statement[], context = {}) =>
    assume(plain, statements, { principal: name, credentials: { kind: "service" }, context }).effect;
  const lambda = trusting(
    { Service: "lambda.amazonaws.com" },
    { Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } } },
  );
  test("a service that is named assumes the role", () => {
    expect(service("ec2.amazonaws.com", [trusting({ Service: "ec2.amazonaws.com" })])).toBe("Allowed");
  });
  test("refuses another service", () => {
    expect(service("lambda.amazonaws.com", [trusting({ Service: "ec2.amazonaws.com" })])).toBe(
      "ImplicitlyDenied",
    );
  });
  test("for whom a service acts is part of the question, or not known", () => {
    expect(service("lambda.amazonaws.com", [lambda], { "aws:SourceAccount": ACCOUNT })).toBe("Allowed");
    expect(service("lambda.amazonaws.com", [lambda], { "aws:SourceAccount": OTHER_ACCOUNT })).toBe(
      "ImplicitlyDenied",
    );
    expect(service("lambda.amazonaws.com", [lambda])).toBe("Unknown");
  });
  test("a root user may do anything but assume roles", () => {
    const asRoot = { principal: root, credentials: { kind: "long-term-key" } as const };
    expect(assume(plain, [trusting({ AWS: root })], asRoot).effect).toBe("ImplicitlyDenied");
    expect(assume(plain, [], { ...asRoot, action: "iam:CreateUser", resource: "*" }).effect).toBe("Allowed");
  });
});

describe("NotPrincipal", () => {
  const except = (names: readonly string[], Effect: Statement["Effect"]): Statement => ({
    Effect,
    NotPrincipal: { AWS: names },
    Action: "sts:AssumeRole",
  });
  const named = trusting({ AWS: plain.arn });
  test("Deny spares who is named together with his account", () => {
    expect(assume(plain, [named, except([plain.arn, root], "Deny")]).effect).toBe("Allowed");
  });
  test("Deny takes in others of the account", () => {
    const other = user({ name: "other" });
    const statements = [trusting({ AWS: other.arn }), except([plain.arn, root], "Deny")];
    expect(assume(other, statements).effect).toBe("ExplicitlyDenied");
  });
  test("whether Deny spares who is named without his account is not guessed", () => {
    expect(assume(plain, [named, except([plain.arn], "Deny")]).effect).toBe("Unknown");
  });
  test("Deny never spares who has a permissions boundary", () => {
    const limited = user({ permissionsBoundary: policyOf(allow("*")) });
    expect(assume(limited, [named, except([limited.arn, root], "Deny")]).effect).toBe("ExplicitlyDenied");
  });
  test("Allow lets everyone else in", () => {
    expect(assume(plain, [except([`${plain.arn}-2`], "Allow")]).effect).toBe("Allowed");
    expect(assume(plain, [except([plain.arn], "Allow")]).effect).toBe("ImplicitlyDenied");
  });
});

describe("what goes with AssumeRole", () => {
  test.each(["sts:TagSession", "sts:SetSourceIdentity"])(
    "%s needs its own permission in the trust",
    (action) => {
      expect(assume(plain, [trusting({ AWS: plain.arn })], { action }).effect).toBe("ImplicitlyDenied");
      const both = trusting({ AWS: plain.arn }, { Action: ["sts:AssumeRole", action] });
      expect(assume(plain, [both], { action }).effect).toBe("Allowed");
    },
  );
  test("a source identity must be the caller's name where the trust asks for it", () => {
    const asking = trusting(
      { AWS: plain.arn },
      { Condition: { StringEquals: { "sts:SourceIdentity": "${aws:username}" } } },
    );
    const given = (name: string) =>
      assume(plain, [asking], { context: { "sts:SourceIdentity": name } }).effect;
    expect([given("laptop"), given("other")]).toEqual(["Allowed", "ImplicitlyDenied"]);
    expect(assume(plain, [asking]).effect).toBe("Unknown");
    expect(assume(plain, [asking], { absentContext: ["sts:sourceidentity"] }).effect).toBe(
      "ImplicitlyDenied",
    );
  });
  test("tags that the trust lets sessions have may override the role's own", () => {
    const tagged = role({
      trust: trusting0(["sts:AssumeRole", "sts:TagSession"]),
      tags: { Team: "blue" },
      policies: [
        policyOf({ ...allow("s3:*"), Condition: { StringEquals: { "aws:PrincipalTag/Team": "blue" } } }),
      ],
    });
    const request = { action: "s3:GetObject", resource: "*" };
    expect(assume(tagged, [], request).effect).toBe("Unknown");
    expect(assume(tagged, [], { ...request, context: { "aws:PrincipalTag/Team": "blue" } }).effect).toBe(
      "Allowed",
    );
  });
  function trusting0(Action: readonly string[]) {
    return trust(trusting({ AWS: plain.arn }, { Action }));
  }
});

describe("roles that the graph does not hold", () => {
  const resource = `arn:aws:iam::${ACCOUNT}:role/elsewhere`;
  test("are not guessed", () => {
    expect(assume(permitted, [], { resource }).effect).toBe("Unknown");
  });
  test("are still denied to whom a Deny applies", () => {
    const denied = user({ policies: [policyOf(deny("sts:AssumeRole"))] });
    expect(assume(denied, [], { resource }).effect).toBe("ExplicitlyDenied");
  });
  test("of another account are denied to whom nothing permits them", () => {
    const elsewhere = `arn:aws:iam::${OTHER_ACCOUNT}:role/elsewhere`;
    expect(assume(plain, [], { resource: elsewhere }).effect).toBe("ImplicitlyDenied");
    expect(assume(permitted, [], { resource: elsewhere }).effect).toBe("Unknown");
  });
});

test("a caller that the graph does not hold is let in as far as the trust alone tells", () => {
  const stranger = { principal: `arn:aws:iam::${OTHER_ACCOUNT}:user/stranger` };
  expect(assume(plain, [trusting({ AWS: OTHER_ACCOUNT })], stranger).effect).toBe("Unknown");
  expect(assume(plain, [trusting({ AWS: ACCOUNT })], stranger).effect).toBe("ImplicitlyDenied");
});
