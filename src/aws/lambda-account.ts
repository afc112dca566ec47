import { GetAccountSettingsCommand, type LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";

/**
 * Concurrency of an account's functions in one region.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
 */
export async function lambdaConcurrency(
  client: LambdaClient,
): Promise<{ readonly unreserved: number; readonly limit: number }> {
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
  const { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } = AccountLimit ?? {};
  if (limit === undefined || unreserved === undefined) {
    throw new Error("GetAccountSettings: an answer without limits");
  }
  return { unreserved, limit };
}

/** Names and runtimes of the functions whose name begins so. */
export async function functionsNamed(
  client: LambdaClient,
  prefix: string,
): Promise<readonly { readonly name: string; readonly runtime: string }[]> {
  const found: { name: string; runtime: string }[] = [];
  for (let Marker: string | undefined; ; ) {
    const page = await client.send(new ListFunctionsCommand({ Marker }));
    for (const { FunctionName: name, Runtime: runtime } of page.Functions ?? []) {
      if (name?.startsWith(prefix)) found.push({ name, runtime: runtime ?? "an image" });
    }
    if (page.NextMarker === undefined || page.NextMarker === "") return found;
    Marker = page.NextMarker;
  }
}
