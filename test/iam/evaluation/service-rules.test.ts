import { evaluate } from "../../../src/iam/evaluate";
import { ACCOUNT, accessGraph, allow, OTHER_ACCOUNT, policyOf, user } from "../../builders/access-graph";

const anna = user({ name: "anna", policies: [policyOf(allow("*"))] });
const graph = accessGraph({ users: [anna] });
const ask = (action: string, resource: string, context = {}) =>
  evaluate(
    {
      principal: anna.arn,
      credentials: { kind: "session-token", mfaAgeSeconds: 1 },
      network: "none",
      action,
      resource,
      context,
    },
    graph,
  );
const own = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;

test.each([
  ["iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/ReadOnlyAccess", "ImplicitlyDenied"],
  ["iam:DeletePolicy", "arn:aws-cn:iam::aws:policy/ReadOnlyAccess", "ImplicitlyDenied"],
  ["iam:GetPolicyVersion", "arn:aws:iam::aws:policy/ReadOnlyAccess", "Allowed"],
  ["iam:CreatePolicyVersion", own("policy/ReadOnlyAccess"), "Allowed"],
  ["iam:AttachRolePolicy", own("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_x"), "ImplicitlyDenied"],
  ["iam:TagRole", own("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_x"), "ImplicitlyDenied"],
  ["iam:UpdateAssumeRolePolicy", own("role/aws-service-role/x.amazonaws.com/X"), "ImplicitlyDenied"],
  ["iam:PutRolePolicy", own("role/aws-service-role/x.amazonaws.com/X"), "ImplicitlyDenied"],
  ["iam:CreateServiceLinkedRole", own("role/aws-service-role/x.amazonaws.com/X"), "Allowed"],
  ["iam:DeleteServiceLinkedRole", own("role/aws-service-role/x.amazonaws.com/X"), "Allowed"],
  ["iam:PutRolePolicy", own("role/aws-service-roles/x"), "Allowed"],
])(
  "AWS's own resources are not changed, whatever a policy allows: %s on %s is %s",
  (action, resource, expected) => {
    const decision = ask(action, resource);
    expect(decision.effect).toBe(expected);
    if (expected === "ImplicitlyDenied") expect(decision.because).toContain("is refused");
  },
);

test.each([
  ["s3:GetObject", "arn:aws:s3:::octo/x", 1],
  ["kms:Decrypt", `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1`, 1],
  ["ec2:RunInstances", "*", 0],
  ["iam:GetUser", anna.arn, 0],
])("an Allow that hinges on a policy of the resource says so: %s", (action, resource, count) => {
  const { effect, limits = [] } = ask(action, resource);
  expect([effect, limits.length]).toEqual(["Allowed", count]);
});

test("a bucket of another account is not known to be allowed", () => {
  const foreign = ask("s3:GetObject", "arn:aws:s3:::octo/x", { "aws:ResourceAccount": OTHER_ACCOUNT });
  expect(foreign.effect).toBe("Unknown");
  expect(ask("s3:GetObject", "arn:aws:s3:::octo/x", { "aws:ResourceAccount": ACCOUNT }).effect).toBe(
    "Allowed",
  );
});
