import { type AccessGraph, UNKNOWN_PART } from "../../src/iam/graph";
import { graphFromAuthorizationDetails } from "../../src/sources/account/graph-from-authorization-details";
import { graphFromPlan } from "../../src/sources/plan/graph-from-plan";
import { graphFromStack } from "../../src/sources/stack/graph-from-stack";
import { graphFromState } from "../../src/sources/state/graph-from-state";
import { actionsOf, recorded } from "./terraform-files";

const stackGraph = graphFromStack(recorded("cdk.tf.json"));
const stateGraph = graphFromState(recorded("state.json"));
const createGraphs = graphFromPlan(recorded("create.plan.json"));

/** A graph with order, addresses and the random suffix of the roles taken out. */
function comparable(graph: AccessGraph): unknown {
  const text = JSON.stringify(graph, (key, value) => {
    if (["address", "attachedBy", "unknowns", "unplaced", "safeguards"].includes(key)) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  const { users, groups, roles, managedPolicies } = JSON.parse(text.replaceAll("vt7wuiv3", UNKNOWN_PART));
  const sorted = (items: { name: string }[]) => items.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    users: sorted(users),
    groups: sorted(groups),
    roles: sorted(roles),
    policies: sorted(managedPolicies),
  };
}

function user(graph: AccessGraph, name: string) {
  const found = graph.users.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no user ${name}`);
  return found;
}

function role(graph: AccessGraph, name: string) {
  const found = graph.roles.find((one) => one.name.startsWith(`${name}-`));
  if (found === undefined) throw new Error(`no role ${name}`);
  return found;
}

function groupPolicies(graph: AccessGraph, name: string) {
  return graph.groups.find((one) => one.name === name)?.policies.map((policy) => policy.name);
}

describe("the recorded stack", () => {
  test("has its users, each in its group and with no policy of its own", () => {
    expect(
      stackGraph.users.map(({ arn, groups, policies }) => [arn, groups.map(({ name }) => name), policies]),
    ).toEqual([
      ["arn:aws:iam::123456789012:user/baseline/ci/octo.website", ["ci"], []],
      ["arn:aws:iam::123456789012:user/baseline/device/home", ["developers"], []],
      ["arn:aws:iam::123456789012:user/baseline/device/work", ["developers"], []],
    ]);
  });

  test("has its groups' policies, the documents shared with the managed policies", () => {
    expect(groupPolicies(stackGraph, "developers")).toEqual(["guard", "self-service"]);
    expect(stackGraph.groups[1]?.policies[0]?.document).toBe(stackGraph.managedPolicies[0]?.document);
  });

  test("has roles whose random suffix is an unknown part, with its reason", () => {
    expect(stackGraph.roles.map(({ arn }) => arn)).toEqual([
      `arn:aws:iam::123456789012:role/baseline/admin-${UNKNOWN_PART}`,
      `arn:aws:iam::123456789012:role/baseline/daily-${UNKNOWN_PART}`,
    ]);
    expect(stackGraph.unknowns).toMatchObject([
      { address: "aws_iam_role.admin.name", reason: "known after apply: random_string.role-suffix.result" },
      { address: "aws_iam_role.daily.name", reason: "known after apply: random_string.role-suffix.result" },
    ]);
  });

  test("has each role's policies although both names end in something unknown", () => {
    expect(stackGraph.roles.map(({ policies }) => policies.map(({ name }) => name))).toEqual([
      ["AdministratorAccess"],
      ["ViewOnlyAccess"],
    ]);
  });

  test("keeps policy variables as IAM reads them", () => {
    const selfService = stackGraph.managedPolicies.find(({ name }) => name === "self-service");
    expect(selfService?.document).toHaveProperty(
      "Statement.0.Resource",
      "arn:aws:iam::123456789012:user/baseline/device/${aws:username}",
    );
  });

  test("has the provider's tags beside the user's own", () => {
    expect(user(stackGraph, "work").tags).toEqual({
      environment: "personal",
      "managed-by": "terraform",
      owner: "alice",
    });
  });
});

describe("stack, plan and state of one account agree", () => {
  test("an empty account has nothing before", () => {
    expect(createGraphs.before).toMatchObject({ users: [], groups: [], roles: [], unknowns: [] });
  });

  test("the plan to create gives after what the stack gives", () => {
    expect(comparable(createGraphs.after)).toEqual(comparable(stackGraph));
  });

  test("even addresses, order and unknowns are those of the stack", () => {
    expect(createGraphs.after.unknowns).toEqual(stackGraph.unknowns);
    expect(createGraphs.after.users.map(({ address }) => address)).toEqual(
      stackGraph.users.map(({ address }) => address),
    );
  });

  test("the state gives what the stack gives, with the suffix known", () => {
    expect(comparable(stateGraph)).toEqual(comparable(stackGraph));
    expect(stateGraph.unknowns).toEqual([]);
    expect(role(stateGraph, "admin").arn).toBe("arn:aws:iam::123456789012:role/baseline/admin-vt7wuiv3");
  });

  test("a plan without changes is the same before and after, and the state", () => {
    const { before, after } = graphFromPlan(recorded("no-change.plan.json"));
    expect(after).toEqual(before);
    expect(comparable(after)).toEqual(comparable(stateGraph));
  });

  test("documents that a plan does not change are one object before and after", () => {
    const { before, after } = graphFromPlan(recorded("no-change.plan.json"));
    for (const [index, policy] of before.managedPolicies.entries()) {
      expect(after.managedPolicies[index]?.document).toBe(policy.document);
    }
  });

  test.each(["no-change.plan.json", "no-drift.refresh-only.plan.json"])(
    "in %s the noise of the provider is no difference between recorded and found",
    (name) => {
      const graphs = graphFromPlan(recorded(name));
      expect(comparable(graphs.recorded())).toEqual(comparable(graphs.before));
    },
  );
});

describe("drift.plan.json", () => {
  const { before, after, recorded: beforeDrift } = graphFromPlan(recorded("drift.plan.json"));

  test("before: AdministratorAccess is on user work", () => {
    expect(user(before, "work").policies).toMatchObject([
      {
        name: "AdministratorAccess",
        attachedBy: "aws_iam_user_policy_attachments_exclusive.device-work-attachments",
      },
    ]);
  });

  test("before: user home has an inline policy sneaky whose document is not known", () => {
    expect(user(before, "home").policies).toMatchObject([{ name: "sneaky", document: { unknown: true } }]);
    expect(before.unknowns).toMatchObject([
      { address: "aws_iam_user_policies_exclusive.device-home-policies.policy_names" },
    ]);
  });

  test("before: home is in no group, and after in developers again", () => {
    expect(user(before, "home").groups).toEqual([]);
    expect(user(after, "home").groups.map(({ name }) => name)).toEqual(["developers"]);
  });

  test("before: the admin role trusts the account's root for twelve hours", () => {
    const { trust, maxSessionDuration } = role(before, "admin");
    expect(trust.document).toHaveProperty("Statement.0.Principal", { AWS: "arn:aws:iam::123456789012:root" });
    expect(maxSessionDuration).toBe(43_200);
  });

  test("before: passwords may have 8 characters", () => {
    expect(before.safeguards).toMatchObject([{ attributes: { minimum_password_length: 8 } }]);
  });

  test("after: everything is as the state gives it", () => {
    expect(comparable(after)).toEqual(comparable(stateGraph));
  });

  test("recorded: everything is as the state gives it", () => {
    expect(comparable(beforeDrift())).toEqual(comparable(stateGraph));
  });

  test("a refresh-only plan tells the same of before, and changes nothing", () => {
    const refreshOnly = graphFromPlan(recorded("drift.refresh-only.plan.json"));
    expect(refreshOnly.isRefreshOnly).toBe(true);
    expect(comparable(refreshOnly.before)).toEqual(comparable(before));
    expect(refreshOnly.after).toEqual(refreshOnly.before);
    expect(comparable(refreshOnly.recorded())).toEqual(comparable(stateGraph));
  });
});

describe("drift.account-authorization-details.json", () => {
  const inventory = graphFromAuthorizationDetails(recorded("drift.account-authorization-details.json"));

  test("has the user whom nobody declared", () => {
    expect(user(inventory, "intruder")).toMatchObject({
      arn: "arn:aws:iam::123456789012:user/intruder",
      path: "/",
      groups: [],
      policies: [],
    });
  });

  test("has the inline policy sneaky with its document", () => {
    expect(actionsOf(user(inventory, "home").policies)).toEqual(["s3:*"]);
  });

  test("has AdministratorAccess on user work and home in no group", () => {
    expect(user(inventory, "work").policies.map(({ arn }) => arn)).toEqual([
      "arn:aws:iam::aws:policy/AdministratorAccess",
    ]);
    expect(user(inventory, "home").groups).toEqual([]);
  });

  test("agrees with what the plan found in the account, but for what Terraform cannot see", () => {
    const { before } = graphFromPlan(recorded("drift.plan.json"));
    const seen = {
      ...inventory,
      users: inventory.users
        .filter(({ name }) => name !== "intruder")
        .map(({ forceDestroy, ...rest }) => ({ ...rest, policies: rest.policies.map(({ name }) => name) })),
    };
    const planned = {
      ...before,
      roles: before.roles.map((one) => ({ ...one, maxSessionDuration: 0 })),
      users: before.users.map(({ forceDestroy, ...rest }) => ({
        ...rest,
        policies: rest.policies.map(({ name }) => name),
      })),
    };
    expect(comparable(seen as unknown as AccessGraph)).toEqual(comparable(planned as unknown as AccessGraph));
  });
});

describe("the other recorded plans", () => {
  test("guard-weakened: the MFA deny is BoolIfExists before and Bool after", () => {
    const { before, after } = graphFromPlan(recorded("guard-weakened.plan.json"));
    const operators = (graph: AccessGraph) => {
      const guard = graph.managedPolicies.find(({ name }) => name === "guard");
      const document = guard?.document;
      if (document === undefined || "unknown" in document) throw new Error("no guard");
      return Object.keys(document.Statement[1]?.Condition ?? {});
    };
    expect(operators(before)).toContain("BoolIfExists");
    expect(operators(after)).toContain("Bool");
    expect(operators(after)).not.toContain("BoolIfExists");
  });

  test("guard-detached: developers lose the guard and nothing else", () => {
    const { before, after } = graphFromPlan(recorded("guard-detached.plan.json"));
    expect(groupPolicies(before, "developers")).toEqual(["guard", "self-service"]);
    expect(groupPolicies(after, "developers")).toEqual(["self-service"]);
    expect(after.managedPolicies.map(({ name }) => name)).toEqual(["guard", "self-service"]);
  });

  test("device-added: tablet is there after, in developers and in the daily role's trust", () => {
    const { before, after } = graphFromPlan(recorded("device-added.plan.json"));
    expect(before.users.map(({ name }) => name)).not.toContain("tablet");
    expect(user(after, "tablet")).toMatchObject({
      arn: "arn:aws:iam::123456789012:user/baseline/device/tablet",
      groups: [{ name: "developers" }],
    });
    expect(JSON.stringify(role(after, "daily").trust.document)).toContain("user/baseline/device/tablet");
    expect(JSON.stringify(role(after, "admin").trust.document)).not.toContain("tablet");
  });

  test("hygiene-create: what is not known yet is computed from names and the account", () => {
    const { after } = graphFromPlan(recorded("hygiene-create.plan.json"));
    const schedule = after.safeguards.find(({ type }) => type === "aws_scheduler_schedule");
    expect(schedule?.attributes).toMatchObject({
      state: "ENABLED",
      schedule_expression_timezone: "Asia/Tokyo",
      target: [
        {
          arn: "arn:aws:lambda:ap-northeast-1:123456789012:function:deactivate-access-keys",
          dead_letter_config: [
            { arn: "arn:aws:sqs:ap-northeast-1:123456789012:deactivate-access-keys-schedule-dlq" },
          ],
        },
      ],
    });
    expect(after.unknowns).toEqual([]);
  });

  test("hygiene-create and what was applied tell the same of the schedule", () => {
    const schedules = ["hygiene-create.plan.json", "hygiene-no-change.plan.json"].map((name) => {
      const { after } = graphFromPlan(recorded(name));
      return after.safeguards.find(({ type }) => type === "aws_scheduler_schedule");
    });
    expect(schedules[1]).toMatchObject(schedules[0] ?? {});
  });

  test("hygiene-no-change: before and after are the same", () => {
    const { before, after } = graphFromPlan(recorded("hygiene-no-change.plan.json"));
    expect(after).toEqual(before);
  });

  test("hygiene-schedule-disabled: the schedule goes from ENABLED to DISABLED and nothing else changes", () => {
    const { before, after } = graphFromPlan(recorded("hygiene-schedule-disabled.plan.json"));
    const states = (graph: AccessGraph) =>
      graph.safeguards.flatMap(({ type, attributes }) =>
        type === "aws_scheduler_schedule" ? [attributes["state"]] : [],
      );
    expect([states(before), states(after)]).toEqual([["ENABLED"], ["DISABLED"]]);
    expect(after.roles).toEqual(before.roles);
  });

  test("hygiene-permission-dropped: the function's role loses the CI users", () => {
    const { before, after } = graphFromPlan(recorded("hygiene-permission-dropped.plan.json"));
    const resources = (graph: AccessGraph) => JSON.stringify(graph.roles.map(({ policies }) => policies));
    expect(resources(before)).toContain("user/baseline/ci/*");
    expect(resources(after)).not.toContain("user/baseline/ci/*");
    expect(resources(after)).toContain("user/baseline/device/*");
  });
});
