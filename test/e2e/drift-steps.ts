import { ok, deepStrictEqual as same } from "node:assert/strict";
import {
  AttachUserPolicyCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { readAccount } from "./account";
import { type Deployment, known, suffixOf } from "./deployment";
import { expectedRepairs, NAMES } from "./expected";
import type { PlannedChange } from "./terraform";

const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";

export async function tamper({ iam, deployed, stack }: Deployment) {
  await iam.send(new AttachUserPolicyCommand({ UserName: NAMES.work, PolicyArn: ADMINISTRATOR_ACCESS }));
  await iam.send(
    new PutUserPolicyCommand({
      UserName: NAMES.home,
      PolicyName: "sneaky",
      PolicyDocument: documentOf({ Effect: "Allow", Action: "iam:*", Resource: "*" }),
    }),
  );
  await iam.send(new RemoveUserFromGroupCommand({ UserName: NAMES.home, GroupName: NAMES.developers }));
  await iam.send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: `${NAMES.admin}-${suffixOf(known(deployed))}`,
      PolicyDocument: documentOf({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${stack.environment.accountId}:root` },
        Action: "sts:AssumeRole",
      }),
    }),
  );
  const { users } = await readAccount(iam);
  same(users[NAMES.work]?.attached, [ADMINISTRATOR_ACCESS], "the emulator attached nothing");
  same(users[NAMES.home]?.groups, [], "the emulator removed nobody from the group");
  return undefined;
}

export async function showsTheTampering({ terraform, stack }: Deployment) {
  const plan = await terraform.plan();
  same(plan.changes.map(stack.describe).sort(), expectedRepairs(stack.id), "the plan shows other changes");
  same(plan.outputs, [], "the plan changes outputs");
  const change = (type: string) => known(plan.changes.find((change) => change.type === type)).change;
  const attached = change("aws_iam_user_policy_attachments_exclusive");
  same(valuesOf(attached, "policy_arns"), { before: [ADMINISTRATOR_ACCESS], after: [] });
  same(valuesOf(change("aws_iam_user_policies_exclusive"), "policy_names"), {
    before: ["sneaky"],
    after: [],
  });
  same(valuesOf(change("aws_iam_user_group_membership"), "groups"), {
    before: [],
    after: [NAMES.developers],
  });
  const trust = change("aws_iam_role");
  ok(
    String(trust.before?.["assume_role_policy"]).includes(":root"),
    "the plan does not show the trusted root",
  );
  ok(!String(trust.after?.["assume_role_policy"]).includes(":root"), "the plan leaves the root trusted");
  return `${plan.changes.length} changes`;
}

export async function isRepaired({ iam, deployed }: Deployment) {
  const { users, ...rest } = await readAccount(iam);
  const before = known(deployed);
  const home = known(before.users[NAMES.home]);
  same(
    { users, ...rest },
    // the key and the MFA device of the person at home stay
    {
      ...before,
      users: { ...before.users, [NAMES.home]: { ...home, accessKeys: 1, mfaDevices: 1 } },
      virtualMfaDevices: 1,
    },
    "the account is not what it was after the first apply",
  );
  return undefined;
}

function valuesOf({ before, after }: PlannedChange["change"], attribute: string) {
  return { before: before?.[attribute], after: after?.[attribute] };
}

const documentOf = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
