import { type IAMClient, ListServiceSpecificCredentialsCommand } from "@aws-sdk/client-iam";
import type { Answer, InventoryCredential } from "./inventory";
import { pages } from "./pages";
import { describeError, isNamed } from "./sdk-error";

export type ServiceCredentials = Answer<ReadonlyMap<string, readonly InventoryCredential[]>>;

/**
 * Service-specific credentials of every user by name: one list, not a question for each user.
 *
 * @param users how many there are: without any, nothing is asked
 * @returns undefined where IAM does not know the list of all users: then each has to be asked about
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html
 */
export async function readServiceCredentials(
  client: IAMClient,
  users: number,
): Promise<ServiceCredentials | undefined> {
  const byUser = new Map<string, InventoryCredential[]>();
  if (users === 0) return { value: byUser };
  try {
    for await (const { UserName = "", ...credential } of listed(client, { AllUsers: true })) {
      byUser.set(UserName, [...(byUser.get(UserName) ?? []), credential]);
    }
    return { value: byUser };
  } catch (error) {
    if (isNamed(error, "ValidationError", "InvalidInput", "InvalidInputException")) return undefined;
    return { notChecked: `ListServiceSpecificCredentials: ${describeError(error)}` };
  }
}

/** Those of one user. */
export async function serviceCredentialsOf(
  client: IAMClient,
  userName: string,
): Promise<readonly InventoryCredential[]> {
  const found: InventoryCredential[] = [];
  for await (const { UserName: _user, ...credential } of listed(client, { UserName: userName })) {
    found.push(credential);
  }
  return found;
}

async function* listed(client: IAMClient, of: { readonly AllUsers: true } | { readonly UserName: string }) {
  for await (const { ServiceSpecificCredentials = [] } of pages("ListServiceSpecificCredentials", (Marker) =>
    client.send(new ListServiceSpecificCredentialsCommand({ ...of, MaxItems: 1000, Marker })),
  )) {
    for (const { UserName, Status = "", ServiceName, CreateDate } of ServiceSpecificCredentials) {
      yield {
        UserName,
        status: Status,
        ...(ServiceName === undefined ? {} : { service: ServiceName }),
        ...(CreateDate === undefined ? {} : { createDate: CreateDate.toISOString() }),
      };
    }
  }
}
