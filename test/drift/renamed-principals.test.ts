import { judgeDrift } from "../../src/drift/judge-drift";
import { planEvidence } from "../../src/drift/plan/plan-evidence";
import { ACCOUNT } from "../builders/access-graph";
import { accountInventory, groupDetails, userDetails } from "../builders/account-inventory";

const ID = "AIDAQ2YR4XO5OSQJM1PPG";
const arn = (kind: string, name: string) => `arn:aws:iam::${ACCOUNT}:${kind}/baseline/${name}`;
const USER = { name: "work", path: "/baseline/", arn: arn("user", "work"), unique_id: ID };
const GROUP = { name: "developers", path: "/baseline/", arn: arn("group", "developers"), unique_id: "AGPA1" };
const MEMBERSHIP = { user: "work", groups: ["developers"] };

const NO_GROUPS = { user: "work", groups: [] };

const entry = (type: string, before: object | null, after: object | null, actions: readonly string[]) => ({
  address: `${type}.x`,
  mode: "managed",
  type,
  name: "x",
  change: { actions, before, after, after_unknown: {} },
});
const kept = (type: string, values: object) => entry(type, values, values, ["no-op"]);
const gone = (type: string, values: object) => entry(type, values, null, ["delete"]);
const again = (type: string, values: object) => entry(type, null, values, ["create"]);

function lines(
  drift: readonly object[],
  changes: readonly object[],
  held: Parameters<typeof accountInventory>[0],
) {
  const json = {
    format_version: "1.2",
    planned_values: {},
    resource_drift: drift,
    resource_changes: changes,
  };
  const { findings } = judgeDrift({
    environment: "prod",
    plans: [planEvidence({ stack: "prod-identity", file: "plan.json", json })],
    inventory: accountInventory(held),
  });
  return findings.map(({ rule, address }) => `${rule} ${address}`);
}
const developers = { ...groupDetails("developers", { path: "/baseline/" }), GroupId: "AGPA1" };

test("a user with another name and the same unique id was renamed: one finding", () => {
  const laptop = { ...userDetails("laptop", { path: "/baseline/", groups: ["developers"] }), UserId: ID };
  expect(
    lines(
      [gone("aws_iam_user", USER)],
      [
        again("aws_iam_user", USER),
        kept("aws_iam_group", GROUP),
        kept("aws_iam_user_group_membership", MEMBERSHIP),
      ],
      { users: [laptop], groups: [developers] },
    ),
  ).toEqual(["principal-renamed user/work"]);
});

test("a group with another name and the same unique id was renamed: its members are not told", () => {
  const engineers = { ...groupDetails("engineers", { path: "/baseline/" }), GroupId: "AGPA1" };
  const work = { ...userDetails("work", { path: "/baseline/", groups: ["engineers"] }), UserId: ID };
  expect(
    lines(
      [
        gone("aws_iam_group", GROUP),
        entry("aws_iam_user_group_membership", MEMBERSHIP, NO_GROUPS, ["update"]),
      ],
      [
        kept("aws_iam_user", USER),
        again("aws_iam_group", GROUP),
        entry("aws_iam_user_group_membership", NO_GROUPS, MEMBERSHIP, ["update"]),
      ],
      { users: [work], groups: [engineers] },
    ),
  ).toEqual(["principal-renamed group/developers"]);
});

test("a user that is gone, and another one that is new, are two", () => {
  const laptop = { ...userDetails("laptop", { path: "/baseline/" }), UserId: "AIDAOTHER" };
  expect(lines([gone("aws_iam_user", USER)], [again("aws_iam_user", USER)], { users: [laptop] })).toEqual([
    "principal-deleted user/work",
    "undeclared-user user/laptop",
  ]);
});
