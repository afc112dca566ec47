import {
  type AccountInventory,
  INVENTORY_FORMAT,
  type InventorySubscription,
  type RegionalInventory,
} from "../../src/aws/inventory";
import { credentials } from "./account-inventory";
import type { Plan } from "./drifted-plan";

type Values = Readonly<Record<string, unknown>>;

const PASSWORD_POLICY = "aws_iam_account_password_policy";
/** Of an inline policy that somebody put on a principal, a plan knows the name alone. */
const STRANGE = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});

/** The account in which a plan was made: everything that the plan's refresh found, as AWS tells of it. */
export function accountOf(plan: Plan): AccountInventory {
  const found: Found = (type) =>
    plan.resource_changes.flatMap(({ type: own, change }) =>
      own === type && change.before !== null ? [change.before] : [],
    );
  const users = found("aws_iam_user");
  const text = JSON.stringify(plan);
  return {
    format: INVENTORY_FORMAT,
    accountId: /arn:aws:iam::(\d{12}):/.exec(text)?.[1] ?? "123456789012",
    takenAt: "2026-11-23T12:00:00.000Z",
    authorizationDetails: {
      UserDetailList: users.map((user) => ({
        ...details("User", user, found),
        GroupList: found("aws_iam_user_group_membership")
          .filter((membership) => membership["user"] === user["name"])
          .flatMap((membership) => membership["groups"]),
      })),
      GroupDetailList: found("aws_iam_group").map((group) => details("Group", group, found)),
      RoleDetailList: found("aws_iam_role").map((role) => ({
        ...details("Role", role, found),
        AssumeRolePolicyDocument: JSON.parse(String(role["assume_role_policy"])),
        InstanceProfileList: found("aws_iam_instance_profile")
          .filter((profile) => profile["role"] === role["name"])
          .map(({ name }) => ({ InstanceProfileName: name })),
      })),
      Policies: found("aws_iam_policy").map(({ arn, name, path, policy }) => ({
        Arn: arn,
        PolicyName: name,
        Path: path,
        DefaultVersionId: "v1",
        PolicyVersionList: [
          { VersionId: "v1", IsDefaultVersion: true, Document: JSON.parse(String(policy)) },
        ],
      })),
    },
    users: Object.fromEntries(users.map(({ name }) => [String(name), credentials()])),
    roleSessions: {
      value: Object.fromEntries(
        found("aws_iam_role").map((role) => [String(role["name"]), Number(role["max_session_duration"])]),
      ),
    },
    oidcProviders: {
      value: found("aws_iam_openid_connect_provider").map(({ arn }) => ({ arn: String(arn) })),
    },
    samlProviders: { value: found("aws_iam_saml_provider").map(({ arn }) => ({ arn: String(arn) })) },
    passwordPolicy: { value: found(PASSWORD_POLICY)[0] ?? null },
    regional: regionalOf(found),
    summary: { value: { AccountAccessKeysPresent: 0, AccountMFAEnabled: 1 } },
  };
}

type Found = (type: string) => readonly Values[];

function details(kind: "User" | "Group" | "Role", principal: Values, found: Found) {
  const { name, path, arn, unique_id: uniqueId } = principal;
  const type = `aws_iam_${kind.toLowerCase()}`;
  const of = (values: Values) =>
    values[kind.toLowerCase()] === name || values[`${kind.toLowerCase()}_name`] === name;
  const written = [
    ...((principal["inline_policy"] as readonly Values[] | undefined) ?? []),
    ...found(`${type}_policy`).filter(of),
  ];
  const names = found(`${type}_policies_exclusive`)
    .filter(of)
    .flatMap((exclusive) => exclusive["policy_names"] as readonly string[]);
  const attached = found(`${type}_policy_attachments_exclusive`)
    .filter(of)
    .flatMap((exclusive) => exclusive["policy_arns"] as readonly string[]);
  return {
    Path: path,
    [`${kind}Name`]: name,
    [`${kind}Id`]: uniqueId,
    Arn: arn,
    [`${kind}PolicyList`]: names.map((PolicyName) => ({
      PolicyName,
      PolicyDocument: JSON.parse(
        String(written.find((policy) => policy["name"] === PolicyName)?.["policy"] ?? STRANGE),
      ),
    })),
    AttachedManagedPolicies: attached.map((PolicyArn) => ({
      PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf("/") + 1),
      PolicyArn,
    })),
  };
}

function regionalOf(found: Found): RegionalInventory {
  const functions = found("aws_lambda_function").map(({ function_name: name, role }) => ({
    name: String(name),
    role: String(role),
  }));
  const subscriptions = found("aws_sns_topic_subscription").map((subscription) => [
    String(subscription["topic_arn"]),
    {
      arn: String(subscription["arn"]),
      protocol: String(subscription["protocol"]),
      endpoint: String(subscription["endpoint"]),
    },
  ]) as readonly (readonly [string, InventorySubscription])[];
  return {
    region: "ap-northeast-1",
    functions: { value: functions },
    functionPolicies: Object.fromEntries(functions.map(({ name }) => [name, { value: null }])),
    schedules: {
      value: found("aws_scheduler_schedule").map(({ name, group_name: group, state, target }) => ({
        name: String(name),
        group: String(group),
        state: String(state),
        target: String((target as readonly Values[])[0]?.["arn"]),
      })),
    },
    subscriptions: Object.fromEntries(
      found("aws_sns_topic").map(({ arn }) => [
        String(arn),
        { value: subscriptions.filter(([topic]) => topic === arn).map(([, one]) => one) },
      ]),
    ),
  };
}
