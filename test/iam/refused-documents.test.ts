import { refusedDocuments } from "../../src/iam/refused-documents";
import { graphFromStack } from "../../src/sources/stack/graph-from-stack";

const stack = (policy: unknown, trust: unknown = service()) => ({
  provider: { aws: [{ allowed_account_ids: ["111122223333"] }] },
  resource: {
    aws_iam_policy: { work: { name: "work", policy: JSON.stringify(policy) } },
    aws_iam_role: { server: { name: "server", assume_role_policy: JSON.stringify(trust) } },
  },
});

const service = (element: object = {}) => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole", ...element },
  ],
});

const allow = (element: object) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...element }],
});

test("documents that IAM takes are not refused", () => {
  expect(refusedDocuments(graphFromStack(stack(allow({}))))).toEqual([]);
});

test.each([
  [
    "an operator that does not exist",
    allow({ Condition: { StringEqual: { "aws:username": "a" } } }),
    "StringEqual",
  ],
  ["a statement without an effect", allow({ Effect: undefined }), "Effect"],
  ["Action beside NotAction", allow({ NotAction: "iam:*" }), "NotAction"],
  ["a principal in an identity policy", allow({ Principal: "*" }), "Principal"],
])("refuses %s, with its place", (_what, policy, part) => {
  const [problem] = refusedDocuments(graphFromStack(stack(policy)));
  expect(problem?.location).toMatch(/^aws_iam_policy\.work.*Statement\[0\]/);
  expect(JSON.stringify(problem)).toContain(part);
});

test("refuses a resource in a trust policy", () => {
  const problems = refusedDocuments(graphFromStack(stack(allow({}), service({ Resource: "*" }))));
  expect(problems.map(({ location }) => location)).toEqual([expect.stringMatching(/^aws_iam_role\.server/)]);
});
