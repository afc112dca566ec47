import {
  GetAccessKeyLastUsedCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetSAMLProviderCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListAccountAliasesCommand,
  ListRolesCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { answered } from "./answered";
import type { AccountInventory, Answer, InventoryDetails, InventoryLastUse } from "./inventory";
import { pages } from "./pages";
import { isNamed } from "./sdk-error";

export interface DetailsSettings {
  /** How many questions are asked at a time. @default 4 */
  readonly concurrency?: number;
  readonly onProgress?: (what: string) => void;
}

/**
 * Reads what drift does not ask for and an import needs: descriptions of roles, tags of policies, what identity providers
 * are made of, the account's alias, and when passwords and keys were used last. Changes nothing; a question that is not
 * answered is in the result with its reason.
 */
export async function readInventoryDetails(
  client: IAMClient,
  inventory: AccountInventory,
  { concurrency = 4, onProgress = () => {} }: DetailsSettings = {},
): Promise<InventoryDetails> {
  const all = <T>(what: string, names: readonly string[], ask: (name: string) => Promise<T | undefined>) =>
    eachOf(names, concurrency, ask, (done) => onProgress(`${what}: ${done} of ${names.length}`));
  const arnsOf = (answer: Answer<readonly { readonly arn: string }[]>) =>
    "value" in answer ? answer.value.map(({ arn }) => arn) : [];
  return {
    roleDescriptions: await answered("ListRoles", () => roleDescriptions(client)),
    policies: await answered("GetPolicy", () =>
      all("tags of policies", policyArns(inventory), (arn) => policy(client, arn)),
    ),
    oidcProviders: await answered("GetOpenIDConnectProvider", () =>
      all("OIDC providers", arnsOf(inventory.oidcProviders), async (arn) => {
        const { ClientIDList = [], Tags } = await client.send(
          new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }),
        );
        return { clientIds: ClientIDList, tags: tagsOf(Tags) };
      }),
    ),
    samlProviders: await answered("GetSAMLProvider", () =>
      all("SAML providers", arnsOf(inventory.samlProviders), async (arn) => {
        const { SAMLMetadataDocument = "", Tags } = await client.send(
          new GetSAMLProviderCommand({ SAMLProviderArn: arn }),
        );
        return { metadata: SAMLMetadataDocument, tags: tagsOf(Tags) };
      }),
    ),
    alias: await answered("ListAccountAliases", async () => {
      const { AccountAliases: [alias] = [] } = await client.send(new ListAccountAliasesCommand({}));
      return alias ?? null;
    }),
    passwordLastUsed: await answered("ListUsers", () => passwordLastUsed(client)),
    keysLastUsed: await answered("GetAccessKeyLastUsed", () =>
      all("last use of keys", Object.keys(inventory.users), (user) => keysLastUsed(client, user)),
    ),
  };
}

/** Answers by name, asked some at a time. What is gone by the time it is asked about has none. */
async function eachOf<T>(
  names: readonly string[],
  concurrency: number,
  ask: (name: string) => Promise<T | undefined>,
  onDone: (count: number) => void,
): Promise<Readonly<Record<string, T>>> {
  const found: [string, T][] = [];
  let next = 0;
  let done = 0;
  const worker = async () => {
    for (let name = names[next++]; name !== undefined; name = names[next++]) {
      try {
        const answer = await ask(name);
        if (answer !== undefined) found.push([name, answer]);
      } catch (error) {
        if (!isNamed(error, "NoSuchEntity", "NoSuchEntityException")) throw error;
      }
      onDone(++done);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  return Object.fromEntries(found.sort(([left], [right]) => (left < right ? -1 : 1)));
}

async function roleDescriptions(client: IAMClient): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for await (const { Roles = [] } of pages("ListRoles", (Marker) =>
    client.send(new ListRolesCommand({ MaxItems: 1000, Marker })),
  )) {
    for (const { RoleName = "", Description = "" } of Roles) found[RoleName] = Description;
  }
  return found;
}

function policyArns({ authorizationDetails }: AccountInventory): readonly string[] {
  const { Policies } = authorizationDetails as { readonly Policies?: readonly { readonly Arn?: string }[] };
  return (Policies ?? []).flatMap(({ Arn = "" }) => (/^arn:[^:]*:iam::\d{12}:/.test(Arn) ? [Arn] : []));
}

async function policy(client: IAMClient, arn: string) {
  const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: arn }));
  return { tags: tagsOf(Policy?.Tags) };
}

async function passwordLastUsed(client: IAMClient): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for await (const { Users = [] } of pages("ListUsers", (Marker) =>
    client.send(new ListUsersCommand({ MaxItems: 1000, Marker })),
  )) {
    for (const { UserName = "", PasswordLastUsed } of Users) {
      if (PasswordLastUsed !== undefined) found[UserName] = PasswordLastUsed.toISOString();
    }
  }
  return found;
}

async function keysLastUsed(client: IAMClient, userName: string): Promise<readonly InventoryLastUse[]> {
  const found: InventoryLastUse[] = [];
  const { AccessKeyMetadata = [] } = await client.send(new ListAccessKeysCommand({ UserName: userName }));
  for (const { AccessKeyId } of AccessKeyMetadata) {
    const { AccessKeyLastUsed: use } = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
    if (use?.LastUsedDate === undefined) continue;
    found.push({
      date: use.LastUsedDate.toISOString(),
      service: use.ServiceName ?? "",
      region: use.Region ?? "",
    });
  }
  return found;
}

function tagsOf(
  tags: readonly { readonly Key: string | undefined; readonly Value: string | undefined }[] | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
