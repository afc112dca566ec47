import fc from "fast-check";
import { accessGraph } from "../../../src/iam/access-graph";
import {
  equivalent,
  equivalentCounterexample,
  implies,
  impliesCounterexample,
  type Policies,
} from "../../../src/iam/comparison/containment";
import { evaluate } from "../../../src/iam/evaluate";
import { type PolicyDocument, policyDocument, type Statement } from "../../../src/iam/policy-document";
import type { AccessRequest } from "../../../src/iam/request";

const statement = (
  Effect: Statement["Effect"],
  Action: Statement["Action"],
  Resource: Statement["Resource"] = "*",
  Condition?: Statement["Condition"],
): Statement => ({ Effect, Action, Resource, ...(Condition && { Condition }) });
const allow = (
  action: Statement["Action"],
  resource?: Statement["Resource"],
  condition?: Statement["Condition"],
) => statement("Allow", action, resource, condition);
const deny = (
  action: Statement["Action"],
  resource?: Statement["Resource"],
  condition?: Statement["Condition"],
) => statement("Deny", action, resource, condition);
const of = (...statements: readonly Statement[]) => policyDocument(...statements);
const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

describe("policies that allow no more", () => {
  test.each<[string, Policies, Policies]>([
    ["themselves", of(allow("s3:*")), of(allow("s3:*"))],
    ["a narrower action", of(allow("s3:GetObject")), of(allow("s3:Get*"))],
    ["a narrower resource", of(allow("s3:*", "arn:aws:s3:::a/*")), of(allow("s3:*", "arn:aws:s3:::*"))],
    [
      "what two statements cover together",
      of(allow("s3:GetObject*")),
      [of(allow("s3:Get*")), of(deny("iam:*"))],
    ],
    ["a further condition", of(allow("s3:*", "*", MFA)), of(allow("s3:*"))],
    ["a further Deny", of(allow("s3:*"), deny("s3:Delete*")), of(allow("s3:*"))],
    [
      "a boundary",
      { identity: [of(allow("*"))], boundary: of(allow("s3:*")) },
      { identity: [of(allow("*"))] },
    ],
    [
      "a boundary that holds wide policies to as much",
      {
        identity: [of(allow("*"))],
        boundary: of(allow(["s3:Get*", "iam:List*"], "*", MFA), deny("iam:ListUsers")),
      },
      of(allow("s3:*"), allow("iam:ListRoles"), allow("iam:List*")),
    ],
    [
      "a boundary that crosses",
      {
        identity: [of(allow("s3:*", "arn:aws:s3:::a/*"))],
        boundary: of({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      },
      of(allow("s3:*", "arn:aws:s3:::*")),
    ],
    ["nothing", of(deny("*")), of(allow("s3:GetObject"))],
  ])("by %s", (_how, first, second) => {
    expect(implies(first, second)).toBe(true);
    expect(impliesCounterexample(first, second)).toBeUndefined();
  });
});

describe("policies that allow more", () => {
  test.each<[string, Policies, Policies]>([
    ["another action", of(allow(["s3:GetObject", "s3:PutObject"])), of(allow("s3:GetObject"))],
    ["the rest of a service", of(allow("s3:*")), of(allow(["s3:Get*", "s3:List*", "s3:Put*"]))],
    [
      "everything but a service",
      of({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      of(allow("s3:*")),
    ],
    ["another resource", of(allow("s3:*", "arn:aws:s3:::*")), of(allow("s3:*", "arn:aws:s3:::a/*"))],
    [
      "all but one resource",
      of({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::a/*" }),
      of({ Effect: "Allow", Action: "s3:GetObject", NotResource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"] }),
    ],
    ["no MFA", of(allow("iam:ListUsers")), of(allow("iam:ListUsers", "*", MFA))],
    [
      "older MFA",
      of(allow("s3:*", "*", { NumericLessThan: { "aws:MultiFactorAuthAge": "7200" } })),
      of(allow("s3:*", "*", { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } })),
    ],
    [
      "a wider network",
      of(allow("s3:*", "*", { IpAddress: { "aws:SourceIp": ["198.51.100.0/24", "203.0.113.0/24"] } })),
      of(allow("s3:*", "*", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })),
    ],
    [
      "a tag that is not asked for",
      of(allow("ec2:StopInstances")),
      of(allow("ec2:StopInstances", "*", { StringEquals: { "aws:ResourceTag/team": "web" } })),
    ],
    ["a Deny that is gone", of(allow("*")), of(allow("*"), deny("iam:*"))],
    [
      "a Deny that is softer",
      of(allow("*"), deny("*", "*", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } })),
      of(allow("*"), deny("*", "*", { Null: { "aws:MultiFactorAuthPresent": "true" } }), deny("iam:*")),
    ],
    [
      "a wider boundary",
      { identity: [of(allow("*"))], boundary: of(allow(["s3:*", "iam:*"])) },
      { identity: [of(allow("*"))], boundary: of(allow("s3:*")) },
    ],
    [
      "a boundary that is gone",
      { identity: [of(allow("*"))] },
      { identity: [of(allow("*"))], boundary: of(allow("s3:*")) },
    ],
    [
      "another user's folder",
      of(allow("s3:GetObject", "arn:aws:s3:::home/*")),
      of(allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*")),
    ],
    [
      "later than before",
      of(allow("s3:*")),
      of(allow("s3:*", "*", { DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } })),
    ],
  ])("by %s", (_how, first, second) => {
    const found = impliesCounterexample(first, second);
    expect(found?.first.effect).toBe("Allowed");
    expect(found?.second.effect).toMatch(/Denied$/);
    expect(implies(first, second)).toBe(false);
    expect(equivalent(first, second)).toBe(false);
  });
});

test("what is neither proven nor refuted is unknown", () => {
  // an operator that nobody knows may mean anything
  const odd = of(allow("s3:*", "*", { StringSounds: { "aws:username": "anna" } }));
  const other = of(allow("s3:*", "*", { StringSounds: { "aws:username": "ana" } }));
  expect(implies(odd, other)).toBe("unknown");
  expect(equivalent(odd, other)).toBe("unknown");
});

test("policies are equivalent in whatever order and form", () => {
  const first = of(allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]));
  const second = of(
    allow("s3:putobject", ["arn:aws:s3:::b/*", "arn:aws:s3:::a/*"]),
    allow("s3:GetObject", "arn:aws:s3:::a/*"),
    allow("s3:GetObject", "arn:aws:s3:::b/*"),
  );
  expect(equivalent(first, second)).toBe(true);
  expect(equivalentCounterexample(first, second)).toBeUndefined();
});

test("the counterexample of an equivalence keeps the order of what was given", () => {
  const [less, more] = [of(allow("s3:GetObject")), of(allow("s3:Get*"))];
  expect(equivalentCounterexample(less, more)).toMatchObject({
    first: { effect: "ImplicitlyDenied" },
    second: { effect: "Allowed" },
  });
});

const ACTIONS = ["s3:GetObject", "s3:PutObject", "iam:ListUsers", "ec2:StopInstances"];
const action = fc.constantFrom(...ACTIONS, "s3:*", "*", "iam:L*");
const resource = fc.constantFrom("*", "arn:aws:s3:::a/*", "arn:aws:s3:::a/b", "arn:aws:s3:::*");
const condition = fc.constantFrom<Statement["Condition"]>(
  undefined,
  MFA,
  { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
  { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  { StringEquals: { "aws:ResourceTag/team": "web" } },
);
const anyStatement = fc.record({
  Effect: fc.constantFrom<Statement["Effect"]>("Allow", "Allow", "Deny"),
  Action: action,
  Resource: resource,
  Condition: condition,
});
const anyDocument = fc
  .array(anyStatement, { minLength: 1, maxLength: 3 })
  .map((all): PolicyDocument => of(...all));
const anyRequest = fc.record<AccessRequest>({
  principal: fc.constant("arn:aws:iam::111122223333:user/anna"),
  action: fc.constantFrom(...ACTIONS),
  resource: fc.constantFrom("*", "arn:aws:s3:::a/b", "arn:aws:s3:::a/c", "arn:aws:s3:::z"),
  credentials: fc.constantFrom<AccessRequest["credentials"]>(
    { kind: "long-term-key" },
    { kind: "session-token" },
    { kind: "session-token", mfaAgeSeconds: 60 },
  ),
  network: fc.constantFrom({ sourceIp: "203.0.113.7" }, { sourceIp: "198.51.100.7" }),
  context: fc.constantFrom({ "aws:ResourceTag/team": "web" }, { "aws:ResourceTag/team": "ops" }),
});
const decided = (document: PolicyDocument, request: AccessRequest) =>
  evaluate(request, accessGraph({ users: [{ name: "anna", policies: [document] }] })).effect;

test("what is proven holds of every request", () => {
  fc.assert(
    fc.property(anyDocument, anyDocument, anyRequest, (first, second, request) => {
      fc.pre(decided(first, request) === "Allowed" && decided(second, request) !== "Allowed");
      expect(implies(first, second)).not.toBe(true);
    }),
  );
});

test("what is proven of bounded policies holds of every request", () => {
  const bounded = fc.record({
    identity: fc.array(anyDocument, { minLength: 1, maxLength: 2 }),
    boundary: anyDocument,
  });
  fc.assert(
    fc.property(bounded, anyDocument, anyRequest, (first, second, request) => {
      const { identity, boundary } = first;
      const users = [{ name: "anna", policies: identity, permissionsBoundary: boundary }];
      fc.pre(
        evaluate(request, accessGraph({ users })).effect === "Allowed" &&
          decided(second, request) !== "Allowed",
      );
      expect(implies(first, second)).not.toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("nearly every difference that a request shows is found", () => {
  let [shown, found] = [0, 0];
  fc.assert(
    fc.property(anyDocument, anyDocument, anyRequest, (first, second, request) => {
      fc.pre(decided(first, request) === "Allowed" && decided(second, request) !== "Allowed");
      shown += 1;
      if (impliesCounterexample(first, second) !== undefined) found += 1;
    }),
  );
  expect(found / shown).toBeGreaterThan(0.95);
});
