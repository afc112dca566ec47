import { DescribeHubCommand, type SecurityHubClient } from "@aws-sdk/client-securityhub";
import { ListInstancesCommand, type SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { isNamed } from "./sdk-error";

/** Whether Security Hub is enabled in the client's region. */
export async function hasSecurityHub(client: SecurityHubClient): Promise<boolean> {
  try {
    await client.send(new DescribeHubCommand({}));
    return true;
  } catch (error) {
    if (isNamed(error, "InvalidAccessException", "ResourceNotFoundException")) return false;
    throw error;
  }
}

/** Whether an instance of IAM Identity Center is visible from the account. */
export async function hasIdentityCenter(client: SSOAdminClient): Promise<boolean> {
  const { Instances = [] } = await client.send(new ListInstancesCommand({}));
  return Instances.length > 0;
}
