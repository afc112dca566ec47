import {
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListRolesCommand,
  ListSAMLProvidersCommand,
} from "@aws-sdk/client-iam";
import { answered } from "./answered";
import { type AccountInventory, INVENTORY_FORMAT, type UserCredentials } from "./inventory";
import { pages } from "./pages";
import { isNamed } from "./sdk-error";
import { readServiceCredentials } from "./service-credentials";
import { UserCredentialReader } from "./user-credentials";

export interface InventorySettings {
  readonly accountId: string;
  readonly now: () => Date;
  /** How many users are asked about at a time. @default 4 */
  readonly concurrency?: number;
  /** Told what is being read: `page 2 of users, groups, roles and policies`, `credentials of 40 of 1000 users`. */
  readonly onProgress?: (what: string) => void;
}

/**
 * Reads the IAM of an account; changes nothing. Questions that IAM does not answer are in the result, each with its
 * reason; without the authorization details there is no inventory.
 *
 * @throws the SDK's error when GetAccountAuthorizationDetails fails
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export async function readAccountInventory(
  client: IAMClient,
  { accountId, now, concurrency = 4, onProgress = () => {} }: InventorySettings,
): Promise<AccountInventory> {
  const authorizationDetails = await readAuthorizationDetails(client, onProgress);
  const names = authorizationDetails.UserDetailList.map(({ UserName }) => UserName ?? "");
  return {
    format: INVENTORY_FORMAT,
    accountId,
    takenAt: now().toISOString(),
    authorizationDetails,
    users: Object.fromEntries(await readUsers(client, names, concurrency, onProgress)),
    roleSessions: await answered("ListRoles", () => readRoleSessions(client)),
    oidcProviders: await answered("ListOpenIDConnectProviders", async () => {
      const { OpenIDConnectProviderList = [] } = await client.send(new ListOpenIDConnectProvidersCommand({}));
      return OpenIDConnectProviderList.map(({ Arn }) => ({ arn: Arn ?? "" }));
    }),
    samlProviders: await answered("ListSAMLProviders", async () => {
      const { SAMLProviderList = [] } = await client.send(new ListSAMLProvidersCommand({}));
      return SAMLProviderList.map(({ Arn }) => ({ arn: Arn ?? "" }));
    }),
    passwordPolicy: await answered("GetAccountPasswordPolicy", () => readPasswordPolicy(client)),
    summary: await answered("GetAccountSummary", async () => {
      const { SummaryMap = {} } = await client.send(new GetAccountSummaryCommand({}));
      return Object.fromEntries(Object.entries(SummaryMap).map(([name, count]) => [name, count ?? 0]));
    }),
  };
}

/** All pages, joined. AWS's own policies are left out: their documents come with this package. */
export async function readAuthorizationDetails(
  client: IAMClient,
  onProgress: (what: string) => void = () => {},
) {
  const all = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] } as {
    UserDetailList: { readonly UserName?: string | undefined }[];
    GroupDetailList: object[];
    RoleDetailList: object[];
    Policies: object[];
  };
  let number = 0;
  for await (const page of pages("GetAccountAuthorizationDetails", (Marker) => {
    number += 1;
    onProgress(`page ${number} of users, groups, roles and policies`);
    return client.send(
      new GetAccountAuthorizationDetailsCommand({
        Filter: ["User", "Group", "Role", "LocalManagedPolicy"],
        MaxItems: 1000,
        Marker,
      }),
    );
  })) {
    all.UserDetailList.push(...(page.UserDetailList ?? []));
    all.GroupDetailList.push(...(page.GroupDetailList ?? []));
    all.RoleDetailList.push(...(page.RoleDetailList ?? []));
    all.Policies.push(...(page.Policies ?? []));
  }
  return all;
}

async function readUsers(
  client: IAMClient,
  names: readonly string[],
  concurrency: number,
  onProgress: (what: string) => void,
) {
  const reader = new UserCredentialReader(client, await readServiceCredentials(client, names.length));
  const found: [string, UserCredentials][] = [];
  let next = 0;
  const worker = async () => {
    for (let name = names[next++]; name !== undefined; name = names[next++]) {
      found.push([name, await reader.read(name)]);
      onProgress(`credentials of ${found.length} of ${names.length} users`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  return found.sort(([left], [right]) => (left < right ? -1 : 1));
}

async function readRoleSessions(client: IAMClient): Promise<Readonly<Record<string, number>>> {
  const sessions: Record<string, number> = {};
  for await (const { Roles = [] } of pages("ListRoles", (Marker) =>
    client.send(new ListRolesCommand({ MaxItems: 1000, Marker })),
  )) {
    for (const { RoleName, MaxSessionDuration } of Roles) {
      if (RoleName !== undefined && MaxSessionDuration !== undefined) sessions[RoleName] = MaxSessionDuration;
    }
  }
  return sessions;
}

async function readPasswordPolicy(client: IAMClient): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const { PasswordPolicy: policy } = await client.send(new GetAccountPasswordPolicyCommand({}));
    if (policy === undefined) return null;
    return {
      minimum_password_length: policy.MinimumPasswordLength,
      password_reuse_prevention: policy.PasswordReusePrevention ?? 0,
      max_password_age: policy.MaxPasswordAge ?? 0,
      require_lowercase_characters: policy.RequireLowercaseCharacters ?? false,
      require_uppercase_characters: policy.RequireUppercaseCharacters ?? false,
      require_numbers: policy.RequireNumbers ?? false,
      require_symbols: policy.RequireSymbols ?? false,
      allow_users_to_change_password: policy.AllowUsersToChangePassword ?? false,
      hard_expiry: policy.HardExpiry ?? false,
    };
  } catch (error) {
    if (isNamed(error, "NoSuchEntity", "NoSuchEntityException")) return null;
    throw error;
  }
}
