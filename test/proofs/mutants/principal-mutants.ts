import {
  addResource,
  changeStatement,
  type Mutant,
  removeResource,
  resources,
  type StackJson,
} from "./stack-json";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Users, groups and roles that hold what nobody declared, or lack what somebody did. */
export function principalMutants(stack: StackJson): readonly Mutant[] {
  return [...userMutants(stack), ...membershipMutants(stack), ...grantMutants(stack), ...ciMutants(stack)];
}

/** One user of each kind: all of a kind are made alike. */
function oneOfEachKind(stack: StackJson, type: string): ReturnType<typeof resources> {
  const kinds = new Map(resources(stack, type).map((entry) => [entry[0].split("-")[0], entry] as const));
  return [...kinds.values()];
}

function userMutants(stack: StackJson): readonly Mutant[] {
  return oneOfEachKind(stack, "aws_iam_user").flatMap(([name, body]) => {
    const user = `\${aws_iam_user.${name}.name}`;
    const with_ = (what: string, type: string, attributes: Record<string, unknown>): Mutant => ({
      name: `user ${name} with ${what}`,
      apply: (copy) => addResource(copy, type, "mutant", { user, ...attributes }),
    });
    const reading = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
    });
    return [
      with_("AdministratorAccess", "aws_iam_user_policy_attachment", { policy_arn: ADMINISTRATOR }),
      with_("a policy of its own", "aws_iam_user_policy", { name: "own", policy: reading }),
      with_("a password", "aws_iam_user_login_profile", {}),
      with_("an access key", "aws_iam_access_key", {}),
      {
        name: `user ${name} removed`,
        apply: (copy: StackJson) => removeResource(copy, "aws_iam_user", name),
      },
      {
        name: `user ${name} on another path`,
        apply: (copy: StackJson) => addResource(copy, "aws_iam_user", name, { ...body, path: "/elsewhere/" }),
      },
      {
        name: `another user beside ${name}`,
        apply: (copy: StackJson) =>
          addResource(copy, "aws_iam_user", "mutant", { ...body, name: "intruder" }),
      },
    ];
  });
}

function membershipMutants(stack: StackJson): readonly Mutant[] {
  const groups = resources(stack, "aws_iam_group").map(([name]) => `\${aws_iam_group.${name}.name}`);
  return resources(stack, "aws_iam_user_group_membership").flatMap(([name, body]) => {
    const own = body["groups"] as string[];
    const set = (what: string, changed: readonly string[]): Mutant => ({
      name: `${name}: ${what}`,
      apply: (copy) => addResource(copy, "aws_iam_user_group_membership", name, { ...body, groups: changed }),
    });
    return [
      {
        name: `${name} removed`,
        apply: (copy: StackJson) => removeResource(copy, "aws_iam_user_group_membership", name),
      },
      ...own.map((group) =>
        set(
          `${group} left`,
          own.filter((other) => other !== group),
        ),
      ),
      ...groups
        .filter((group) => !own.includes(group))
        .map((group) => set(`${group} joined`, [...own, group])),
    ];
  });
}

function grantMutants(stack: StackJson): readonly Mutant[] {
  const groups = resources(stack, "aws_iam_group").map(([name]) => name);
  const roles = resources(stack, "aws_iam_role").map(([name]) => name);
  return [
    ...groups.map((name) => ({
      name: `group ${name} with AdministratorAccess`,
      apply: (copy: StackJson) =>
        addResource(copy, "aws_iam_group_policy_attachment", "mutant", {
          group: `\${aws_iam_group.${name}.name}`,
          policy_arn: ADMINISTRATOR,
        }),
    })),
    ...roles
      .filter((name) => !/admin/.test(name))
      .map((name) => ({
        name: `role ${name} with AdministratorAccess`,
        apply: (copy: StackJson) =>
          addResource(copy, "aws_iam_role_policy_attachment", "mutant", {
            role: `\${aws_iam_role.${name}.name}`,
            policy_arn: ADMINISTRATOR,
          }),
      })),
    ...roles
      .filter((name) => !/admin/.test(name))
      .flatMap((name) =>
        [
          ["iam:*"],
          ["iam:CreatePolicyVersion", "iam:PutRolePolicy"],
          ["iam:UpdateAssumeRolePolicy"],
          ["iam:CreateUser", "iam:PutUserPolicy", "iam:CreateAccessKey"],
          ["iam:Put*"],
          ["*"],
        ].map((actions) => ({
          name: `role ${name} with ${actions.join()}`,
          apply: (copy: StackJson) =>
            addResource(copy, "aws_iam_role_policy", "mutant", {
              role: `\${aws_iam_role.${name}.name}`,
              name: "mutant",
              policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
              }),
            }),
        })),
      ),
  ];
}

function ciMutants(stack: StackJson): readonly Mutant[] {
  return resources(stack, "aws_iam_group_policy")
    .filter(([, { name }]) => String(name).endsWith("-ci"))
    .flatMap(([name]) =>
      ["iam:*", "iam:PassRole2", "iam:CreateUser", "iam:Tag*", "sts:AssumeRole", "sts:*", "*"]
        .filter((action) => action !== "iam:PassRole2")
        .map((action) => ({
          name: `${name} widened to ${action}`,
          apply: (copy: StackJson) =>
            changeStatement(copy, "aws_iam_group_policy", name, 0, (statement) => {
              statement.Action = action;
              statement.Resource = "*";
            }),
        })),
    );
}
