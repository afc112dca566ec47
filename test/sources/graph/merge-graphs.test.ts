import { mergeGraphs } from "../../../src/sources/graph/merge-graphs";
import { graphFromStack } from "../../../src/sources/stack/graph-from-stack";
import { actionsOf, allowing, stack, trusting } from "../terraform-files";

const ARN = "arn:aws:iam::111122223333";
const graphOf = (...given: Parameters<typeof stack>) => graphFromStack(stack(...given));

const PEOPLE = graphOf({
  "aws_iam_user.u": { name: "work" },
  "aws_iam_user_group_membership.m": { user: "work", groups: ["g"] },
  "aws_iam_user_policy_attachment.a": { user: "work", policy_arn: `${ARN}:policy/view` },
});
const GROUPS = graphOf({ "aws_iam_group.g": { name: "g" } });
const POLICIES = graphOf({
  "aws_iam_policy.p": { name: "view", policy: allowing("s3:Get*") },
  "aws_iam_group_policy_attachment.a": { group: "g", policy_arn: `${ARN}:policy/view` },
});

test("stacks of one account become what none of them is alone", () => {
  const { users, groups, unknowns, unplaced } = mergeGraphs([PEOPLE, POLICIES, GROUPS]);
  expect(users[0]?.groups).toEqual([groups[0]]);
  expect(actionsOf(users[0]?.policies ?? [])).toEqual(["s3:Get*"]);
  expect(actionsOf(groups[0]?.policies ?? [])).toEqual(["s3:Get*"]);
  expect([unknowns, unplaced]).toEqual([[], []]);
});

test("a user's groups are the objects of the merged graph", () => {
  const { users, groups } = mergeGraphs([PEOPLE, GROUPS]);
  expect(users[0]?.groups[0]).toBe(groups[0]);
});

test("the graphs that are merged stay as they were", () => {
  const before = JSON.stringify([PEOPLE, POLICIES, GROUPS]);
  mergeGraphs([PEOPLE, POLICIES, GROUPS]);
  expect(JSON.stringify([PEOPLE, POLICIES, GROUPS])).toBe(before);
});

test("what has no place stays unplaced and told", () => {
  const { unplaced, unknowns } = mergeGraphs([POLICIES, graphOf({})]);
  expect(unplaced).toMatchObject([{ principalName: "g" }]);
  expect(unknowns).toMatchObject([{ address: "aws_iam_group_policy_attachment.a.group" }]);
});

test("the same name in another account is another principal", () => {
  const elsewhere = graphFromStack(
    stack(
      { "aws_iam_group.g": { name: "g" } },
      { provider: { aws: { allowed_account_ids: ["444455556666"] } } },
    ),
  );
  const { groups, unplaced } = mergeGraphs([POLICIES, elsewhere]);
  expect(groups[0]?.policies).toEqual([]);
  expect(unplaced).toHaveLength(1);
});

test("a boundary that another stack holds becomes known", () => {
  const bounded = graphOf({
    "aws_iam_role.r": {
      name: "r",
      assume_role_policy: trusting(`${ARN}:root`),
      permissions_boundary: `${ARN}:policy/view`,
    },
  });
  const { roles, unknowns } = mergeGraphs([bounded, POLICIES, GROUPS]);
  expect(roles[0]?.permissionsBoundary?.document).toHaveProperty("Statement.0.Action", "s3:Get*");
  expect(unknowns).toEqual([]);
});

test("a user in two stacks has the policies of both", () => {
  const inline = (name: string) =>
    graphOf({
      "aws_iam_user.u": { name: "work" },
      [`aws_iam_user_policy.${name}`]: { user: "work", name, policy: allowing(`${name}:*`) },
    });
  const { users } = mergeGraphs([inline("s3"), inline("sqs")]);
  expect(users).toHaveLength(1);
  expect(actionsOf(users[0]?.policies ?? [])).toEqual(["s3:*", "sqs:*"]);
});

test("two roles whose names are not known are not taken for one", () => {
  const role = { name: "${random_id.r.hex}", assume_role_policy: trusting(`${ARN}:root`) };
  const { roles } = mergeGraphs([graphOf({ "aws_iam_role.a": role }), graphOf({ "aws_iam_role.b": role })]);
  expect(roles).toHaveLength(2);
});

test("one graph is itself", () => {
  expect(mergeGraphs([GROUPS])).toBe(GROUPS);
});
