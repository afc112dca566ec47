import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SecurityHubClient } from "@aws-sdk/client-securityhub";
import { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { STSClient } from "@aws-sdk/client-sts";
import { accountSummary } from "../../aws/account-summary";
import { callerIdentity } from "../../aws/caller-identity";
import { deviceCredentials } from "../../aws/device-credentials";
import { functionsNamed, lambdaConcurrency } from "../../aws/lambda-account";
import { limitRequests, SHORT_LIMITS } from "../../aws/request-limits";
import { s3State } from "../../aws/s3-state";
import { describeError } from "../../aws/sdk-error";
import { hasIdentityCenter, hasSecurityHub } from "../../aws/security-services";
import { lastSeenAddress, trailList } from "../../aws/trail-list";
import { forEachBounded } from "../../credentials/run/bounded";
import { holdersOf } from "../../devices/holder";
import { mfaSerialOf } from "../../devices/profiles";
import type { Answer, DoctorFacts, StateFact, UserFact } from "../../doctor/facts";
import type { Environment } from "../../environment/environment";

type AccountFacts = Pick<
  DoctorFacts,
  | "caller"
  | "seenAddress"
  | "users"
  | "summary"
  | "concurrency"
  | "functions"
  | "trails"
  | "securityHub"
  | "identityCenter"
> & { readonly s3: Answer<StateFact> };

/** Users that are asked about at a time: IAM throttles by account. */
const AT_ONCE = 4;

/**
 * What the account says. Whose credentials they are is asked first; of another account nothing more is asked. What one
 * service does not answer leaves the others alone.
 */
export async function accountFacts(environment: Environment): Promise<AccountFacts> {
  const settings = { region: environment.region, maxAttempts: 3 };
  const limited = <Client extends Parameters<typeof limitRequests>[0]>(client: Client) =>
    limitRequests(client, SHORT_LIMITS);
  const sts = limited(new STSClient({ ...settings, maxAttempts: 1 }));
  const caller = await answered("credentials", () => callerIdentity(sts));
  sts.destroy();
  if (!("known" in caller)) return nothing(caller, caller.notChecked);
  if (caller.known.accountId !== environment.accountId)
    return nothing(caller, "the credentials are of another account");

  const iam = limited(new IAMClient(settings));
  const lambda = limited(new LambdaClient(settings));
  const trails = limited(new CloudTrailClient(settings));
  const hub = limited(new SecurityHubClient(settings));
  const sso = limited(new SSOAdminClient(settings));
  const s3 = limited(new S3Client({ ...settings, region: regionOfState(environment) }));
  try {
    const prefix = `${environment.namespace}-`;
    const functions = await answered("lambda:ListFunctions", () => functionsNamed(lambda, prefix));
    const deployed = "known" in functions && functions.known.length > 0;
    const [users, summary, concurrency, list, securityHub, identityCenter, seenAddress, state] =
      await Promise.all([
        answered("keys and MFA devices", () => userFacts(iam, environment)),
        answered("iam:GetAccountSummary", () => accountSummary(iam)),
        answered("lambda:GetAccountSettings", async () => ({
          ...(await lambdaConcurrency(lambda)),
          deployed,
        })),
        answered("cloudtrail:DescribeTrails", () => trailList(trails)),
        answered("securityhub:DescribeHub", () => hasSecurityHub(hub)),
        answered("sso:ListInstances", () => hasIdentityCenter(sso)),
        answered("cloudtrail:LookupEvents", async () => {
          const name = caller.known.arn.slice(caller.known.arn.lastIndexOf("/") + 1);
          const address = await lastSeenAddress(trails, name);
          if (address === undefined) throw new Error("no call of these credentials is recorded yet");
          return address;
        }),
        answered("the state's bucket", () => stateInS3(s3, environment)),
      ]);
    return {
      caller,
      users,
      summary,
      concurrency,
      functions,
      trails: list,
      securityHub,
      identityCenter,
      seenAddress,
      s3: state,
    };
  } finally {
    for (const client of [iam, lambda, trails, hub, sso, s3]) client.destroy();
  }
}

async function answered<T>(what: string, ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { known: await ask() };
  } catch (error) {
    return { notChecked: `${what}: ${describeError(error)}` };
  }
}

function nothing(caller: AccountFacts["caller"], notChecked: string): AccountFacts {
  const none = { notChecked };
  return {
    caller,
    seenAddress: none,
    users: none,
    summary: none,
    concurrency: none,
    functions: none,
    trails: none,
    securityHub: none,
    identityCenter: none,
    s3: none,
  };
}

async function userFacts(client: IAMClient, environment: Environment): Promise<readonly UserFact[]> {
  const iam = deviceCredentials(client);
  const found: UserFact[] = [];
  const failures: unknown[] = [];
  await forEachBounded(
    holdersOf([environment]),
    AT_ONCE,
    () => true,
    async (holder) => {
      try {
        const keys = await iam.keys(holder.name);
        if (keys === undefined) return;
        const mfa = await iam.mfa(holder.name, mfaSerialOf(holder));
        found.push({ userName: holder.name, owner: holder.owner, keys, mfa });
      } catch (error) {
        failures.push(error);
      }
    },
  );
  if (failures.length > 0) throw failures[0];
  return found.sort((left, right) => (left.userName < right.userName ? -1 : 1));
}

function regionOfState({ backend, region }: Environment): string {
  return backend.type === "s3" ? backend.region : region;
}

async function stateInS3(client: S3Client, { backend, name }: Environment): Promise<StateFact> {
  if (backend.type !== "s3") throw new Error("the state is local");
  const key = `${backend.keyPrefix}${name}/identity.tfstate`;
  const { exists, changed, locked, versioned } = await s3State(client, backend.bucket, key);
  return {
    place: `s3://${backend.bucket}/${key}`,
    exists,
    versioned,
    ...(changed !== undefined && { changed }),
    ...(locked && { lockedBy: `${key}.tflock lies in the bucket` }),
  };
}
