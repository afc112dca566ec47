import {
  GetAccountPasswordPolicyCommand,
  GetGroupPolicyCommand,
  GetLoginProfileCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  ListVirtualMFADevicesCommand,
  NoSuchEntityException,
  type PasswordPolicy,
} from "@aws-sdk/client-iam";

/** Documents by the names of the policies. */
type InlinePolicies = Readonly<Record<string, unknown>>;

export interface UserInAccount {
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  readonly attached: readonly string[];
  readonly inline: InlinePolicies;
  readonly hasPassword: boolean;
  readonly accessKeys: number;
  readonly mfaDevices: number;
}

export interface GroupInAccount {
  readonly path: string;
  readonly attached: readonly string[];
  readonly inline: InlinePolicies;
}

export interface RoleInAccount extends GroupInAccount {
  readonly description: string;
  readonly maxSessionDuration: number;
  readonly trust: unknown;
}

/** What IAM holds, as the SDK tells it: nothing of it comes from Terraform. Lists are sorted. */
export interface Account {
  readonly users: Readonly<Record<string, UserInAccount>>;
  readonly groups: Readonly<Record<string, GroupInAccount>>;
  readonly roles: Readonly<Record<string, RoleInAccount>>;
  /** Customer managed policies, by ARN: path, and the document of the default version. */
  readonly policies: Readonly<Record<string, { readonly path: string; readonly document: unknown }>>;
  readonly passwordPolicy: PasswordPolicy | undefined;
  readonly virtualMfaDevices: number;
}

/** Reads the whole account. The emulator never answers in pages, so neither does this read them. */
export async function readAccount(iam: IAMClient): Promise<Account> {
  const { Users = [] } = await iam.send(new ListUsersCommand({}));
  const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: "Local" }));
  const { VirtualMFADevices = [] } = await iam.send(new ListVirtualMFADevicesCommand({}));
  return {
    users: await byName(Users, "UserName", async (UserName, { Path = "" }) => ({
      path: Path,
      tags: Object.fromEntries(
        ((await iam.send(new ListUserTagsCommand({ UserName }))).Tags ?? []).map(({ Key, Value }) => [
          Key,
          Value,
        ]),
      ),
      groups: sorted((await iam.send(new ListGroupsForUserCommand({ UserName }))).Groups, "GroupName"),
      attached: sorted(
        (await iam.send(new ListAttachedUserPoliciesCommand({ UserName }))).AttachedPolicies,
        "PolicyArn",
      ),
      inline: await documents(
        (await iam.send(new ListUserPoliciesCommand({ UserName }))).PolicyNames,
        (PolicyName) => iam.send(new GetUserPolicyCommand({ UserName, PolicyName })),
      ),
      hasPassword: (await unlessMissing(iam.send(new GetLoginProfileCommand({ UserName })))) !== undefined,
      accessKeys: (await iam.send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata?.length ?? 0,
      mfaDevices: (await iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices?.length ?? 0,
    })),
    groups: await byName(Groups, "GroupName", async (GroupName, { Path = "" }) => ({
      path: Path,
      attached: sorted(
        (await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }))).AttachedPolicies,
        "PolicyArn",
      ),
      inline: await documents(
        (await iam.send(new ListGroupPoliciesCommand({ GroupName }))).PolicyNames,
        (PolicyName) => iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
      ),
    })),
    roles: await byName(Roles, "RoleName", async (RoleName, role) => ({
      path: role.Path ?? "",
      description: role.Description ?? "",
      maxSessionDuration: role.MaxSessionDuration ?? 0,
      trust: documentOf(role.AssumeRolePolicyDocument),
      attached: sorted(
        (await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies,
        "PolicyArn",
      ),
      inline: await documents(
        (await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames,
        (PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
      ),
    })),
    policies: await byName(Policies, "Arn", async (PolicyArn, { Path = "", DefaultVersionId }) => ({
      path: Path,
      document: documentOf(
        (await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: DefaultVersionId })))
          .PolicyVersion?.Document,
      ),
    })),
    passwordPolicy: (await unlessMissing(iam.send(new GetAccountPasswordPolicyCommand({}))))?.PasswordPolicy,
    virtualMfaDevices: VirtualMFADevices.length,
  };
}

/** A policy document as IAM gives it: JSON, which IAM encodes as a part of a URL. */
export function documentOf(text: string | undefined): unknown {
  if (text === undefined) throw new Error("IAM answered without a policy document");
  return JSON.parse(decodeURIComponent(text));
}

async function documents(
  names: readonly string[] | undefined,
  read: (name: string) => Promise<{ readonly PolicyDocument?: string | undefined }>,
): Promise<InlinePolicies> {
  const found: Record<string, unknown> = {};
  for (const name of names ?? []) found[name] = documentOf((await read(name)).PolicyDocument);
  return found;
}

async function byName<K extends string, T extends { readonly [key in K]?: string | undefined }, R>(
  items: readonly T[],
  key: K,
  read: (name: string, item: T) => Promise<R>,
): Promise<Record<string, R>> {
  const named: Record<string, R> = {};
  for (const item of items) {
    const name = item[key];
    if (name !== undefined) named[name] = await read(name, item);
  }
  return named;
}

function sorted<K extends string>(
  items: readonly { readonly [key in K]?: string | undefined }[] | undefined,
  key: K,
): readonly string[] {
  return (items ?? []).flatMap((item) => item[key] ?? []).sort();
}

/** What was asked for; nothing when IAM knows no such thing. */
async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}
