import { GetPolicyCommand, type LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListSchedulesCommand, type SchedulerClient } from "@aws-sdk/client-scheduler";
import { ListSubscriptionsByTopicCommand, type SNSClient } from "@aws-sdk/client-sns";
import { answered } from "./answered";
import type { Answer, InventoryFunction, InventorySubscription, RegionalInventory } from "./inventory";
import { tokenPages } from "./pages";
import { isNamed } from "./sdk-error";

export interface RegionalClients {
  readonly lambda: LambdaClient;
  readonly scheduler: SchedulerClient;
  readonly sns: SNSClient;
}

/** What of a region is asked about in detail. */
export interface RegionalSpace {
  readonly region: string;
  /** Whether a function belongs to the baseline, by its name or by the role that it runs as. */
  readonly isOwnFunction: (found: InventoryFunction) => boolean;
  /** ARNs of topics. */
  readonly topics: readonly string[];
}

/**
 * Reads what runs in a region and who is told: one list of functions and one of schedules, and for the baseline's own
 * functions and topics their policy and their subscriptions. Changes nothing. What is not answered is in the result.
 */
export async function readRegionalInventory(
  { lambda, scheduler, sns }: RegionalClients,
  { region, isOwnFunction, topics }: RegionalSpace,
): Promise<RegionalInventory> {
  const functions = await answered("ListFunctions", () => listFunctions(lambda));
  const own = "value" in functions ? functions.value.filter(isOwnFunction) : [];
  const functionPolicies: Record<string, Answer<string | null>> = {};
  for (const { name } of own) {
    functionPolicies[name] = await answered("GetPolicy", () => functionPolicy(lambda, name));
  }
  const schedules = await answered("ListSchedules", async () => {
    const found = [];
    for await (const { Schedules = [] } of tokenPages((NextToken) =>
      scheduler.send(new ListSchedulesCommand({ NextToken, MaxResults: 100 })),
    )) {
      for (const { Name = "", GroupName = "", State = "", Target } of Schedules) {
        found.push({ name: Name, group: GroupName, state: State, target: Target?.Arn ?? "" });
      }
    }
    return found;
  });
  const subscriptions: Record<string, Answer<readonly InventorySubscription[]>> = {};
  for (const topic of topics) {
    subscriptions[topic] = await answered("ListSubscriptionsByTopic", () => listSubscriptions(sns, topic));
  }
  return { region, functions, functionPolicies, schedules, subscriptions };
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
async function listFunctions(client: LambdaClient): Promise<readonly InventoryFunction[]> {
  const found: InventoryFunction[] = [];
  for await (const { Functions = [] } of tokenPages(async (Marker) => {
    const page = await client.send(new ListFunctionsCommand({ Marker, MaxItems: 50 }));
    return { ...page, NextToken: page.NextMarker };
  })) {
    for (const { FunctionName = "", Role = "" } of Functions) found.push({ name: FunctionName, role: Role });
  }
  return found;
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
async function functionPolicy(client: LambdaClient, name: string): Promise<string | null> {
  try {
    const { Policy } = await client.send(new GetPolicyCommand({ FunctionName: name }));
    return Policy ?? null;
  } catch (error) {
    if (isNamed(error, "ResourceNotFoundException")) return null;
    throw error;
  }
}

/** A topic that is gone has no subscriptions. @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
async function listSubscriptions(
  client: SNSClient,
  topic: string,
): Promise<readonly InventorySubscription[]> {
  const found: InventorySubscription[] = [];
  try {
    for await (const { Subscriptions = [] } of tokenPages((NextToken) =>
      client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken })),
    )) {
      for (const { SubscriptionArn = "", Protocol = "", Endpoint = "" } of Subscriptions) {
        found.push({ arn: SubscriptionArn, protocol: Protocol, endpoint: Endpoint });
      }
    }
  } catch (error) {
    if (!isNamed(error, "NotFoundException", "NotFound")) throw error;
  }
  return found;
}
