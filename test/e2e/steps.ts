import { ok, deepStrictEqual as same } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  type IAMClient,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { type Account, readAccount } from "./account";
import { expectedAccount, expectedRepairs, NAMES } from "./expected";
import { secretsIn } from "./secrets";
import type { SynthesizedStack } from "./synthesized-stack";
import type { Plan, PlannedChange, Terraform } from "./terraform";

/** What the steps work on; they run in order, and each relies on those before it. */
export interface Deployment {
  readonly folder: string;
  readonly stack: SynthesizedStack;
  readonly terraform: Terraform;
  readonly iam: IAMClient;
  /** The account right after the first apply. */
  deployed?: Account;
  /** Values of the key made by hand: they may stand nowhere. */
  secrets?: readonly string[];
}

type Step = readonly [title: string, run: (deployment: Deployment) => Promise<string | undefined>];

const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";

/** The whole run, step by step. A step throws when it fails, and may return a note. */
export const steps: readonly Step[] = [
  ["terraform starts", async ({ terraform }) => `${terraform.binary} ${await terraform.version()}`],
  ["terraform gets the providers (init)", async ({ terraform }) => void (await terraform.init())],
  ["terraform accepts the stack (validate)", async ({ terraform }) => void (await terraform.validate())],
  ["the first plan creates every resource and nothing else", firstPlan],
  ["terraform applies it", async ({ terraform }) => void (await terraform.apply())],
  ["IAM holds exactly what the environment says", holdsWhatIsDeclared],
  ["the outputs name what IAM holds", outputsAreTrue],
  ["the next plan finds no change", async ({ terraform }) => void expectClean(await terraform.plan())],
  ["an access key and an MFA device that a person makes are no change", keysAreNoChange],
  ["nothing secret is in state, plan or outputs", nothingSecret],
  ["the account is changed behind Terraform's back", tamper],
  ["the next plan shows exactly these changes", showsTheTampering],
  ["terraform applies it", async ({ terraform }) => void (await terraform.apply())],
  ["everything is repaired", isRepaired],
  ["the next plan finds no change", async ({ terraform }) => void expectClean(await terraform.plan())],
  [
    "terraform destroys it, keys and MFA devices included",
    async ({ terraform }) => void (await terraform.destroy()),
  ],
  ["nothing is left", nothingIsLeft],
];

async function firstPlan({ terraform, stack }: Deployment) {
  const plan = await terraform.plan();
  same(
    plan.changes.map(({ address, change }) => `${address}: ${change.actions.join(" and ")}`).sort(),
    stack.addresses.map((address) => `${address}: create`),
    "the plan creates other resources than the stack declares",
  );
  return `${plan.changes.length} resources`;
}

async function holdsWhatIsDeclared(deployment: Deployment) {
  const { iam, stack } = deployment;
  const account = await readAccount(iam);
  deployment.deployed = account;
  const suffix = suffixOf(account);
  const { passwordPolicy, ...rest } = account;
  same(
    rest,
    expectedAccount(stack.environment, suffix),
    "IAM holds something else than the environment says",
  );
  same(
    passwordPolicy && {
      minimum: passwordPolicy.MinimumPasswordLength,
      reuse: passwordPolicy.PasswordReusePrevention,
      classes: [
        passwordPolicy.RequireLowercaseCharacters,
        passwordPolicy.RequireUppercaseCharacters,
        passwordPolicy.RequireNumbers,
        passwordPolicy.RequireSymbols,
      ],
      expires: passwordPolicy.ExpirePasswords,
    },
    { minimum: 14, reuse: 24, classes: [true, true, true, true], expires: false },
    "the password policy is another one",
  );
  // words that a mistake in our own documents could not take along
  const trust = JSON.stringify(account.roles[`${NAMES.admin}-${suffix}`]?.trust);
  ok(trust.includes(`:user/baseline/device/${NAMES.work}"`), "the admin role does not trust the device work");
  ok(!trust.includes(`device/${NAMES.home}"`), "the admin role trusts the device home");
  ok(trust.includes('{"aws:MultiFactorAuthPresent":"true"}'), "the admin role does not ask for MFA");
  const policies = JSON.stringify(account.policies);
  ok(policies.includes("/device/${aws:username}"), "self-service lost the policy variable");
  ok(!policies.includes("$${"), "a policy holds Terraform's escape");
  const { users, groups, roles } = account;
  return `${count(users)} users, ${count(groups)} groups, ${count(roles)} roles ending in -${suffix}`;
}

async function outputsAreTrue({ terraform, deployed, stack }: Deployment) {
  const { values } = await terraform.outputs();
  const { accountId } = stack.environment;
  const arn = (kind: string, path: string, name: string) => `arn:aws:iam::${accountId}:${kind}${path}${name}`;
  const { users, roles } = known(deployed);
  const suffix = suffixOf(known(deployed));
  same(values, {
    user_arns: mapped(users, (name, { path }) => [name, arn("user", path, name)]),
    role_arns: mapped(roles, (name, { path }) => [
      name.slice(0, -suffix.length - 1),
      arn("role", path, name),
    ]),
    mfa_serials: mapped(
      Object.fromEntries(Object.entries(users).filter(([, { path }]) => path.endsWith("/device/"))),
      (name) => [name, arn("mfa", "/", name)],
    ),
  });
  return undefined;
}

async function keysAreNoChange(deployment: Deployment) {
  const { iam, terraform } = deployment;
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: NAMES.home }));
  const { VirtualMFADevice } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: NAMES.home }),
  );
  const codes = { AuthenticationCode1: "123456", AuthenticationCode2: "654321" };
  const SerialNumber = VirtualMFADevice?.SerialNumber;
  await iam.send(new EnableMFADeviceCommand({ UserName: NAMES.home, SerialNumber, ...codes }));
  deployment.secrets = [AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey].filter(
    (value) => value !== undefined,
  );
  ok(deployment.secrets.length === 2, "the emulator made no access key");
  expectClean(await terraform.plan());
  return undefined;
}

async function nothingSecret({ folder, stack, terraform, secrets }: Deployment) {
  const files = readdirSync(join(folder, "state")).map((name) => join(folder, "state", name));
  ok(files.includes(stack.stateFile), `the state is not at ${stack.stateFile}`);
  const texts: [where: string, text: string][] = [
    ...files.map((file): [string, string] => [file, readFileSync(file, "utf8")]),
    ["the plan", (await terraform.plan()).json],
    ["the outputs", (await terraform.outputs()).json],
  ];
  const found = texts.flatMap(([where, text]) => secretsIn(where, text, secrets));
  ok(found.length === 0, found.join("\n"));
  return `${texts.length} texts`;
}

async function tamper({ iam, deployed, stack }: Deployment) {
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

async function showsTheTampering({ terraform, stack }: Deployment) {
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

async function isRepaired({ iam, deployed }: Deployment) {
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

async function nothingIsLeft({ iam, terraform }: Deployment) {
  same(await terraform.stateList(), [], "the state still lists resources");
  same(await readAccount(iam), {
    users: {},
    groups: {},
    roles: {},
    policies: {},
    passwordPolicy: undefined,
    virtualMfaDevices: 0,
  });
  return undefined;
}

/** Nothing is to be changed, by the exit code and by the list; the list says what it is when something is. */
function expectClean({ hasChanges, changes, outputs }: Plan): void {
  same(
    changes.map(({ address, change }) => ({ address, actions: change.actions, differs: differing(change) })),
    [],
    undefined,
  );
  same({ outputs, hasChanges }, { outputs: [], hasChanges: false });
}

function differing({ before, after }: PlannedChange["change"]): Readonly<Record<string, unknown>> {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = names.filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
  return Object.fromEntries(changed.map((name) => [name, [before?.[name], after?.[name]]]));
}

function valuesOf({ before, after }: PlannedChange["change"], attribute: string) {
  return { before: before?.[attribute], after: after?.[attribute] };
}

/** The random end of the role names: 8 characters of a-z0-9, the same for all roles. */
function suffixOf({ roles }: Account): string {
  const suffixes = [
    ...new Set(Object.keys(roles).map((name) => /-([a-z0-9]{8})$/.exec(name)?.[1] ?? `none in ${name}`)),
  ];
  const [suffix] = suffixes;
  if (suffix === undefined || suffixes.length > 1 || !/^[a-z0-9]{8}$/.test(suffix)) {
    throw new Error(`role names end in one random suffix, got ${suffixes.join(", ") || "no role"}`);
  }
  return suffix;
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a step before this one did not leave what this one needs");
  return value;
}

function mapped<T>(
  record: Readonly<Record<string, T>>,
  entry: (name: string, value: T) => readonly [string, string],
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => entry(name, value)));
}

const count = (record: Readonly<Record<string, unknown>>) => Object.keys(record).length;
const documentOf = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
