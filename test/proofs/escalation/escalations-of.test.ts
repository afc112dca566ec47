import type { AccessGraph } from "../../../src/iam/graph";
import { policyDocument, type Statement } from "../../../src/iam/policy-document";
import { escalationsOf } from "../../../src/proofs/escalation/escalations-of";
import {
  ACCOUNT,
  accessGraph,
  allow,
  attached,
  deny,
  policyOf,
  role,
  trust,
  user,
} from "../../builders/access-graph";

const arnOf = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const trusting = (principal: Record<string, string | readonly string[]>) =>
  trust({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" });
const devices = [
  user({ name: "work", tags: { owner: "alice" } }),
  user({ name: "home", tags: { owner: "alice" } }),
];
const ci = user({ name: "octo.site", path: "/baseline/ci/" });

/** A role that `home` may assume, with these statements, beside whatever else is given. */
function world(statements: readonly Statement[], parts: Partial<AccessGraph> = {}): AccessGraph {
  const daily = role({
    name: "daily",
    policies: [policyOf(...statements)],
    trust: trusting({ AWS: arnOf("user/baseline/device/home") }),
  });
  return accessGraph({
    ...parts,
    users: [...devices, ci, ...(parts.users ?? [])],
    roles: [daily, ...(parts.roles ?? [])],
  });
}

const waysOf = (graph: AccessGraph, name = "daily"): readonly string[] =>
  escalationsOf(graph)
    .escalations.filter((one) => one.name === name)
    .map(({ method }) => method)
    .sort();

const admin = role({
  name: "admin",
  policies: [policyOf(allow("*"))],
  trust: trusting({ AWS: arnOf("user/baseline/device/work") }),
});
const worker = role({
  name: "worker",
  policies: [policyOf(allow("s3:GetObject"))],
  trust: trusting({ Service: "lambda.amazonaws.com" }),
});
const boundary = attached(policyDocument(allow("s3:*")), { name: "limits", arn: arnOf("policy/limits") });

describe("rights given count for everybody who can become their holder", () => {
  test.each([
    ["a policy of a user who may assume the role", allow("iam:PutUserPolicy"), "iam:PutUserPolicy"],
    [
      "a policy of another user of the same person",
      allow("iam:AttachUserPolicy", arnOf("user/baseline/device/work")),
      "iam:AttachUserPolicy",
    ],
  ])("%s", (_what, statement, method) => {
    expect(waysOf(world([statement]))).toEqual([method]);
  });

  test("a policy of somebody else is worth nothing, until one can become it", () => {
    const put = allow("iam:PutUserPolicy", arnOf("user/baseline/ci/*"));
    expect(waysOf(world([put]))).toEqual([]);
    expect(waysOf(world([put, allow("iam:CreateAccessKey", arnOf("user/baseline/ci/*"))]))).toEqual([
      "iam:PutUserPolicy+iam:CreateAccessKey",
    ]);
  });

  test("a role gets rights and is then passed to a service, each step with its decisions", () => {
    const graph = world(
      [allow(["iam:PutRolePolicy", "iam:PassRole"], worker.arn), allow("lambda:CreateFunction")],
      { roles: [worker] },
    );
    const [found, ...others] = escalationsOf(graph).escalations.filter(({ name }) => name === "daily");
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      method: "iam:PutRolePolicy+iam:PassRole+lambda:CreateFunction",
      certain: true,
    });
    expect(found?.steps.map(({ way, target }) => `${way} ${target}`)).toEqual([
      "gives role/worker",
      "runs code as role/worker",
    ]);
    expect(found?.steps.flatMap(({ answers }) => answers.map(({ decision }) => decision.effect))).toEqual([
      "Allowed",
      "Allowed",
      "Allowed",
    ]);
  });

  test("a boundary limits what is given, unless it can be rewritten or taken away", () => {
    const bounded = { ...worker, permissionsBoundary: boundary };
    const put = allow(["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"], worker.arn);
    expect(waysOf(world([put], { roles: [bounded] }))).toEqual([]);
    expect(waysOf(world([put, allow("iam:DeleteRolePermissionsBoundary")], { roles: [bounded] }))).toContain(
      "iam:PutRolePolicy+iam:UpdateAssumeRolePolicy",
    );
    expect(waysOf(world([put, allow("iam:CreatePolicyVersion")], { roles: [bounded] }))).not.toEqual([]);
  });
});

describe("delegation as AWS describes it is safe", () => {
  const only = (actions: readonly string[], key: string, value: string): Statement => ({
    ...allow(actions),
    Condition: { StringEquals: { [key]: value } },
  });
  const managedPolicies = [boundary];

  test("new principals with a boundary that holds no IAM", () => {
    const create = [
      "iam:CreateRole",
      "iam:CreateUser",
      "iam:PutRolePolicy",
      "iam:AttachRolePolicy",
      "iam:PutUserPolicy",
    ];
    const pattern = only(create, "iam:PermissionsBoundary", arnOf("policy/limits"));
    expect(
      waysOf(world([pattern, allow("iam:CreateAccessKey", arnOf("user/made/*"))], { managedPolicies })),
    ).toEqual([]);
  });

  test("and unsafe where the boundary holds IAM", () => {
    const wide = attached(policyDocument(allow("*")), { name: "limits", arn: arnOf("policy/limits") });
    const pattern = only(
      ["iam:CreateRole", "iam:PutRolePolicy"],
      "iam:PermissionsBoundary",
      arnOf("policy/limits"),
    );
    expect(waysOf(world([pattern], { managedPolicies: [wide] }))).toContain(
      "iam:CreateRole+iam:PutRolePolicy",
    );
  });

  test.each([
    ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", []],
    ["arn:aws:iam::aws:policy/IAMFullAccess", ["iam:AttachRolePolicy"]],
  ])("attaching only %s", (arn, ways) => {
    expect(waysOf(world([only(["iam:AttachRolePolicy"], "iam:PolicyARN", arn)]))).toEqual(ways);
  });

  test.each([
    ["lambda.amazonaws.com", ["iam:PassRole+lambda:CreateFunction"]],
    ["ec2.amazonaws.com", []],
  ])("passing a role only to %s", (service, ways) => {
    const powerful = { ...admin, trust: trusting({ Service: "lambda.amazonaws.com" }) };
    const statements = [
      only(["iam:PassRole"], "iam:PassedToService", service),
      allow("lambda:CreateFunction"),
    ];
    expect(waysOf(world(statements, { roles: [powerful] }))).toEqual(ways);
  });
});

describe("whoever may assume an administrator role", () => {
  test("is told with the step, unless it is trusted", () => {
    const graph = world([], { roles: [admin] });
    expect(waysOf(graph, "work")).toEqual(["sts:AssumeRole"]);
    expect(escalationsOf(graph).administrators.map(({ name }) => name)).toEqual(["admin"]);
    const trusted = new Set([arnOf("user/baseline/device/work")]);
    expect(escalationsOf(graph, { trusted }).escalations).toEqual([]);
  });

  test("a Deny ends the way, and what is not known leaves it possible", () => {
    expect(waysOf(world([allow("iam:*"), deny("iam:*")]))).toEqual([]);
    const later = attached({ unknown: true, address: "aws_iam_policy.later", reason: "known after apply" });
    const unknown = role({
      name: "daily",
      policies: [later],
      trust: trusting({ AWS: arnOf("user/baseline/device/home") }),
    });
    const { administrators } = escalationsOf(accessGraph({ users: devices, roles: [unknown] }));
    expect(administrators).toMatchObject([{ name: "daily", certain: false }]);
  });
});
