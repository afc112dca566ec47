import { ok, deepStrictEqual as same } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateAccessKeyCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
} from "@aws-sdk/client-iam";
import { readAccount } from "./account";
import { expectClean } from "./clean-plan";
import { type Deployment, known, suffixOf } from "./deployment";
import { expectedAccount, NAMES } from "./expected";
import { secretsIn } from "./secrets";

export async function firstPlan({ terraform, stack }: Deployment) {
  const plan = await terraform.plan();
  same(
    plan.changes.map(({ address, change }) => `${address}: ${change.actions.join(" and ")}`).sort(),
    stack.addresses.map((address) => `${address}: create`),
    "the plan creates other resources than the stack declares",
  );
  return `${plan.changes.length} resources`;
}

export async function holdsWhatIsDeclared(deployment: Deployment) {
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

export async function outputsAreTrue({ terraform, deployed, stack }: Deployment) {
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

export async function keysAreNoChange(deployment: Deployment) {
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

export async function nothingSecret({ folder, stack, terraform, secrets }: Deployment) {
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

export async function nothingIsLeft({ iam, terraform }: Deployment) {
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

function mapped<T>(
  record: Readonly<Record<string, T>>,
  entry: (name: string, value: T) => readonly [string, string],
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => entry(name, value)));
}

const count = (record: Readonly<Record<string, unknown>>) => Object.keys(record).length;
