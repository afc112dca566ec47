import {
  type IAMClient,
  ListEntitiesForPolicyCommand,
  ListServiceSpecificCredentialsCommand,
  ListSSHPublicKeysCommand,
} from "@aws-sdk/client-iam";
import type { AuditInput, OtherCredentials } from "../credentials/audit/audit-input";
import { QUARANTINE_POLICY } from "../iam/quarantine";
import { describeError, isNamed } from "./sdk-error";

/** The last of AWS's quarantine policies that is known; the next ones are asked for until there is none. */
const LATEST_KNOWN = 3;
const MOST_VERSIONS = 9;
/** A question that the audit can do without is not waited for longer. */
const PATIENCE_MS = 15_000;

/** Thousands of users are asked about one by one: this long, and the rest is not asked. */
const MOST_SSH_MS = 240_000;

/**
 * Who holds one of AWS's quarantine policies, as policy names by user. Never rejects: without an answer, the rule says
 * *not checked*.
 *
 * @param partition `aws`, `aws-cn` or `aws-us-gov`
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
 */
export async function askQuarantined(
  client: IAMClient,
  partition: string,
): Promise<Pick<AuditInput, "quarantined" | "quarantineNotAsked">> {
  const quarantined: Record<string, string> = {};
  try {
    for (let version = 1; version <= MOST_VERSIONS; version += 1) {
      const name = version === 1 ? QUARANTINE_POLICY : `${QUARANTINE_POLICY}V${version}`;
      const there = await usersOf(client, `arn:${partition}:iam::aws:policy/${name}`, (user) => {
        quarantined[user] = name;
      });
      if (!there && version > LATEST_KNOWN) break;
    }
    return { quarantined };
  } catch (error) {
    return { quarantineNotAsked: `IAM did not answer ListEntitiesForPolicy: ${describeError(error)}` };
  }
}

async function usersOf(
  client: IAMClient,
  policyArn: string,
  found: (user: string) => void,
): Promise<boolean> {
  try {
    for (let marker: string | undefined; ; ) {
      const page = await client.send(
        new ListEntitiesForPolicyCommand({ PolicyArn: policyArn, EntityFilter: "User", Marker: marker }),
      );
      for (const { UserName } of page.PolicyUsers ?? []) if (UserName !== undefined) found(UserName);
      if (page.IsTruncated !== true) return true;
      marker = page.Marker;
    }
  } catch (error) {
    if (isNamed(error, "NoSuchEntity", "NoSuchEntityException")) return false;
    throw error;
  }
}

/**
 * Active credentials that the credential report has no columns for: SSH public keys, one question for each user, and
 * service-specific credentials, one for all. Never rejects: a question without an answer is in `notAsked`, and is not
 * asked for the users that follow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html
 */
export async function listOtherCredentials(
  client: IAMClient,
  userNames: readonly string[],
): Promise<OtherCredentials> {
  const notAsked: string[] = [];
  const ask = async <Answer>(call: string, question: (signal: AbortSignal) => Promise<Answer>) => {
    try {
      return await question(AbortSignal.timeout(PATIENCE_MS));
    } catch (error) {
      notAsked.push(`IAM did not answer ${call} (${error instanceof Error ? error.name : "no reason"})`);
      return undefined;
    }
  };
  const serviceSpecific = await ask("ListServiceSpecificCredentials", (signal) =>
    serviceSpecificCredentials(client, signal),
  );
  let sshPublicKeys: Record<string, number> | undefined = {};
  const end = Date.now() + MOST_SSH_MS;
  for (const [index, userName] of userNames.entries()) {
    if (Date.now() > end) {
      notAsked.push(
        `SSH public keys of ${userNames.length - index} users: not asked, there are too many users`,
      );
      sshPublicKeys = undefined;
      break;
    }
    const count = await ask("ListSSHPublicKeys", (signal) => activeSshKeys(client, userName, signal));
    if (count === undefined) {
      sshPublicKeys = undefined;
      break;
    }
    if (count > 0) sshPublicKeys[userName] = count;
  }
  return {
    notAsked,
    ...(serviceSpecific !== undefined && { serviceSpecific }),
    ...(sshPublicKeys !== undefined && { sshPublicKeys }),
  };
}

async function serviceSpecificCredentials(client: IAMClient, abortSignal: AbortSignal) {
  const services: Record<string, string[]> = {};
  for (let marker: string | undefined; ; ) {
    const page = await client.send(
      new ListServiceSpecificCredentialsCommand({ AllUsers: true, Marker: marker }),
      { abortSignal },
    );
    for (const { UserName = "", ServiceName = "a service", Status } of page.ServiceSpecificCredentials ??
      []) {
      if (Status === "Active") services[UserName] = [...(services[UserName] ?? []), ServiceName];
    }
    if (page.IsTruncated !== true) return services;
    marker = page.Marker;
  }
}

async function activeSshKeys(client: IAMClient, userName: string, abortSignal: AbortSignal): Promise<number> {
  let count = 0;
  try {
    for (let marker: string | undefined; ; ) {
      const page = await client.send(new ListSSHPublicKeysCommand({ UserName: userName, Marker: marker }), {
        abortSignal,
      });
      count += (page.SSHPublicKeys ?? []).filter(({ Status }) => Status === "Active").length;
      if (page.IsTruncated !== true) return count;
      marker = page.Marker;
    }
  } catch (error) {
    // deleted since the report was made
    if (isNamed(error, "NoSuchEntity", "NoSuchEntityException")) return 0;
    throw error;
  }
}
