import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  ListPolicyVersionsCommand,
} from "@aws-sdk/client-iam";
import type { PolicyDocument } from "../iam/policy-document";
import { type Cutoff, mergedCutoffs } from "../policies/cutoff";
import { readSessionCutoff, sessionCutoffDocument } from "../policies/session-cutoff-policy";
import type { CutoffState, CutoffStore } from "../response/response-deps";
import { isNamed } from "./sdk-error";

/** Writers at one time beyond which one gives up and its caller tries again. */
const MOST_ROUNDS = 6;

/**
 * The policy of cut sessions in IAM. A version of a policy is made without a condition on the one before; but IAM numbers
 * them one by one, so whoever gets another number than the next knows that somebody wrote meanwhile, and writes once more
 * what both mean.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html
 */
export function sessionCutoffStore(client: IAMClient, policyArn: string, now: () => Date): CutoffStore {
  const current = async () => {
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: policyArn }));
    const version = numberOf(Policy?.DefaultVersionId);
    return { version, ...(await stateOf(version)) };
  };
  const stateOf = async (version: number): Promise<CutoffState> => {
    const { PolicyVersion } = await client.send(
      new GetPolicyVersionCommand({ PolicyArn: policyArn, VersionId: `v${version}` }),
    );
    const cutoffs = cutoffsIn(PolicyVersion?.Document);
    return { cutoffs: cutoffs ?? [], isForeign: cutoffs === undefined };
  };
  const write = async (cutoffs: readonly Cutoff[]): Promise<number> => {
    const make = () =>
      client.send(
        new CreatePolicyVersionCommand({
          PolicyArn: policyArn,
          PolicyDocument: JSON.stringify(sessionCutoffDocument(cutoffs)),
          SetAsDefault: true,
        }),
      );
    for (let rounds = 1; ; rounds += 1) {
      try {
        return numberOf((await make()).PolicyVersion?.VersionId);
      } catch (error) {
        // IAM keeps five versions; another writer may take the room that was made
        if (!isNamed(error, "LimitExceeded", "LimitExceededException") || rounds > MOST_ROUNDS) throw error;
        await dropOldest();
      }
    }
  };
  const dropOldest = async () => {
    const { Versions = [] } = await client.send(new ListPolicyVersionsCommand({ PolicyArn: policyArn }));
    const [oldest] = Versions.filter(({ IsDefaultVersion }) => IsDefaultVersion !== true)
      .map(({ VersionId }) => numberOf(VersionId))
      .sort((left, right) => left - right);
    if (oldest === undefined) return;
    try {
      await client.send(new DeletePolicyVersionCommand({ PolicyArn: policyArn, VersionId: `v${oldest}` }));
    } catch (error) {
      if (!isNamed(error, "NoSuchEntity", "NoSuchEntityException")) throw error;
    }
  };
  const between = async (after: number, before: number): Promise<readonly Cutoff[]> => {
    let found: readonly Cutoff[] = [];
    for (let version = after + 1; version < before; version += 1) {
      try {
        found = mergedCutoffs(found, (await stateOf(version)).cutoffs, now());
      } catch (error) {
        if (!isNamed(error, "NoSuchEntity", "NoSuchEntityException")) throw error;
      }
    }
    return found;
  };

  return {
    read: current,
    async change(edit) {
      let { version: last, cutoffs, isForeign } = await current();
      const begun = isForeign;
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const wanted = round === 0 ? edit(cutoffs) : cutoffs;
        const made = await write(wanted);
        if (made === last + 1) return { cutoffs: wanted, isForeign: begun };
        cutoffs = mergedCutoffs(wanted, await between(last, made), now());
        last = made;
      }
      throw new Error(`${policyArn}: others wrote it ${MOST_ROUNDS} times meanwhile`);
    },
  };
}

function cutoffsIn(document: string | undefined): readonly Cutoff[] | undefined {
  try {
    return readSessionCutoff(JSON.parse(decodeURIComponent(document ?? "")) as PolicyDocument);
  } catch {
    return undefined;
  }
}

/** `v12` is version 12. */
function numberOf(id: string | undefined): number {
  const number = Number(/^v(\d+)$/.exec(id ?? "")?.[1]);
  if (!Number.isInteger(number)) throw new Error("IAM did not say which version of the policy it is");
  return number;
}
