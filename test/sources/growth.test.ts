import { graphFromPlan } from "../../src/sources/plan/graph-from-plan";
import { graphFromStack } from "../../src/sources/stack/graph-from-stack";
import { allowing, type Change, plan, stack, trusting } from "./terraform-files";

/** An account of `users` users, a fifth as many roles and half as many policies, everything by reference. */
function account(users: number) {
  const resources: Record<string, Readonly<Record<string, unknown>>> = {
    "aws_iam_group.developers": { name: "developers", path: "/baseline/" },
    "random_string.suffix": { length: 8 },
  };
  for (let index = 0; index < users; index++) {
    const id = `u${index}`;
    resources[`aws_iam_user.${id}`] = { name: id, path: "/baseline/device/", tags: { owner: "anna" } };
    resources[`aws_iam_user_group_membership.${id}`] = {
      user: `\${aws_iam_user.${id}.name}`,
      groups: ["${aws_iam_group.developers.name}"],
    };
    resources[`aws_iam_user_policies_exclusive.${id}`] = {
      user_name: `\${aws_iam_user.${id}.name}`,
      policy_names: [],
    };
    if (index % 2 === 0) {
      resources[`aws_iam_policy.p${index}`] = {
        name: `p${index}`,
        policy: allowing(`s3:Get${index}`).replace('"*"', () => '"arn:aws:s3:::b/$${aws:username}/*"'),
      };
    }
    if (index % 5 === 0) {
      resources[`aws_iam_role.r${index}`] = {
        name: `r${index}-\${random_string.suffix.result}`,
        assume_role_policy: trusting(`arn:aws:iam::111122223333:user/baseline/device/${id}`),
      };
      resources[`aws_iam_role_policy_attachment.r${index}`] = {
        role: `\${aws_iam_role.r${index}.name}`,
        policy_arn: `\${aws_iam_policy.p${index - (index % 2)}.arn}`,
      };
    }
  }
  return resources;
}

/** CPU milliseconds of the quickest of a few runs. */
function cpuMs(run: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const started = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

test("1,000 users, 200 roles and 500 policies are read from a stack in well under 300 ms of CPU", () => {
  const thousand = stack(account(1000));
  const graph = graphFromStack(thousand);
  expect([graph.users.length, graph.roles.length, graph.managedPolicies.length]).toEqual([1000, 200, 500]);
  expect(graph.roles.every(({ policies }) => policies.length === 1)).toBe(true);
  expect(cpuMs(() => graphFromStack(thousand))).toBeLessThan(300);
});

test("a stack of five times as many users takes at most about five times as long", () => {
  const [one, five] = [stack(account(1000)), stack(account(5000))];
  const small = cpuMs(() => graphFromStack(one));
  const large = cpuMs(() => graphFromStack(five));
  expect(large).toBeLessThan(small * 5 * 2 + 100);
});

test("a plan of 5,000 changed users is read in linear time", () => {
  const changes: Change[] = Object.entries(account(5000))
    .filter(([address]) => address.startsWith("aws_iam_user.") || address.startsWith("aws_iam_group."))
    .map(([address, values]) => ({ address, before: values, after: { ...values, force_destroy: true } }));
  const json = plan(changes);
  expect(graphFromPlan(json).after.users).toHaveLength(5000);
  expect(cpuMs(() => graphFromPlan(json))).toBeLessThan(1000);
});
