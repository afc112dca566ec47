import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { type CallerIdentity, callerIdentity } from "../aws/caller-identity";
import { awsClient, type ClientSettings } from "../aws/client-factory";
import { NoAnswerError } from "../aws/request-limits";
import { AWS_CALL_FAILED, describeError } from "../aws/sdk-error";
import { ACCOUNT_MISMATCH, CREDENTIALS_MISSING } from "../catalogue/commands/account-refusals";
import type { Environment } from "../environment/environment";
import { Refusal } from "../findings/refusal";
import { ENVIRONMENTS_MISSING } from "../proofs/validate-baseline";
import type { CommandContext } from "./command";
import { whileTelling } from "./progress";
import { selectedEnvironments } from "./project-environments";

/** The account whose credentials the command was given, and the environments that describe it. */
export interface ConnectedAccount {
  readonly caller: CallerIdentity;
  readonly iam: IAMClient;
  /** At least one. */
  readonly environments: readonly Environment[];
  readonly close: () => void;
}

/**
 * Connects to the account of some environments with whatever credentials the SDK finds (aws-vault, a profile, a job's
 * role). Nothing is asked of IAM before it is certain whose account it is.
 *
 * @param all every environment of the project
 * @param names those that were asked for; none: the ones of the account that the credentials are of
 * @throws Refusal where there are no credentials, or they are of another account
 */
export async function connect(
  all: readonly Environment[],
  names: readonly string[],
  { output }: CommandContext,
): Promise<ConnectedAccount> {
  const wanted = selectedEnvironments(all, names);
  const [first] = wanted;
  if (first === undefined)
    throw new Refusal(ENVIRONMENTS_MISSING, "environments/index.ts lists no environment; declare one");
  const settings = { region: first.region, onSilence: output.progress };
  const caller = await whileTelling(output, "asking STS whose credentials these are", () =>
    identify(settings, first),
  );
  const own = wanted.filter(({ accountId }) => accountId === caller.accountId);
  const others = wanted.filter(({ accountId }) => accountId !== caller.accountId);
  if (own.length === 0 || (names.length > 0 && others.length > 0)) {
    throw new Refusal(
      ACCOUNT_MISMATCH,
      `expected credentials of ${others.map(described).join(", ")}, got those of account ${caller.accountId} (${caller.arn}); ` +
        "nothing was asked or changed. Use a profile of the right account (aws-vault exec PROFILE -- ...)",
    );
  }
  if (others.length > 0) {
    output.progress(
      `left out, as these credentials are of account ${caller.accountId}: ${others.map(described).join(", ")}`,
    );
  }
  const iam = awsClient(IAMClient, "IAM", settings);
  return { caller, iam, environments: own, close: () => iam.destroy() };
}

async function identify(settings: ClientSettings, environment: Environment): Promise<CallerIdentity> {
  const sts = awsClient(STSClient, "STS", settings);
  try {
    return await callerIdentity(sts);
  } catch (error) {
    if (error instanceof NoAnswerError) {
      throw new Refusal(
        AWS_CALL_FAILED,
        `${error.message}; nothing was asked or changed. Look at the network (a proxy, a VPN), then run the command again`,
        { cause: error },
      );
    }
    throw new Refusal(
      CREDENTIALS_MISSING,
      `expected AWS credentials of ${described(environment)}, got none that work (${describeError(error)}); ` +
        "run the command through aws-vault exec PROFILE -- ..., or set AWS_PROFILE",
      { cause: error },
    );
  } finally {
    sts.destroy();
  }
}

function described({ name, accountId }: Environment): string {
  return `environment ${name} (account ${accountId})`;
}
