import {
  type CloudTrailClient,
  DescribeTrailsCommand,
  LookupEventsCommand,
} from "@aws-sdk/client-cloudtrail";

/**
 * Trails that record the account, the organization's included.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 */
export async function trailList(client: CloudTrailClient) {
  const { trailList: trails = [] } = await client.send(
    new DescribeTrailsCommand({ includeShadowTrails: true }),
  );
  return trails.map(({ Name, IsOrganizationTrail, IsMultiRegionTrail }) => ({
    name: Name ?? "",
    organization: IsOrganizationTrail === true,
    multiRegion: IsMultiRegionTrail === true,
  }));
}

/**
 * The address from which CloudTrail saw the last call of a user or session: what policies compared, whatever a page on
 * the web says. It is some minutes behind.
 *
 * @param userName of the user, or name of the session
 */
export async function lastSeenAddress(
  client: CloudTrailClient,
  userName: string,
): Promise<string | undefined> {
  const { Events = [] } = await client.send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: "Username", AttributeValue: userName }],
      MaxResults: 10,
    }),
  );
  for (const { CloudTrailEvent = "{}" } of Events) {
    const address: unknown = (JSON.parse(CloudTrailEvent) as Record<string, unknown>)["sourceIPAddress"];
    // a call that a service made for the caller has the service's name there
    if (typeof address === "string" && /^[0-9a-f.:]+$/i.test(address)) return address;
  }
  return undefined;
}
