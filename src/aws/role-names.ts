import { type IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { pages } from "./pages";

/**
 * Names of the roles below an IAM path.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
 */
export async function roleNames(client: IAMClient, pathPrefix: string): Promise<readonly string[]> {
  const names: string[] = [];
  const ask = (Marker: string | undefined) =>
    client.send(new ListRolesCommand({ PathPrefix: pathPrefix, MaxItems: 1000, Marker }));
  for await (const page of pages("ListRoles", ask)) {
    for (const { RoleName } of page.Roles ?? []) if (RoleName !== undefined) names.push(RoleName);
  }
  return names;
}
