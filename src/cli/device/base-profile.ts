import { PROFILES_MISSING } from "../../devices/action-refusals";
import { blocksIn } from "../../devices/block";
import { blockId, prefixIn } from "../../devices/config-block";
import type { Holder } from "../../devices/holder";
import { profileNames } from "../../devices/profile-names";
import { Refusal } from "../../findings/refusal";
import type { CommandContext } from "../command";
import type { HandOver } from "./key-store";
import { awsConfigFile, readOwnFile } from "./own-file";

/**
 * The profile that holds the key of a device, as the written block has it. aws-vault would make a profile of its own
 * where there is none, in the way of ours.
 *
 * @throws Refusal where aws-vault is to take the key and the profiles are not written yet
 */
export function baseProfile(
  holder: Holder,
  named: string | undefined,
  to: HandOver,
  context: CommandContext,
): string {
  if (named !== undefined) return named;
  const file = awsConfigFile(context);
  const block = blocksIn(readOwnFile(file), file).find(({ id }) => id === blockId(holder));
  if (block === undefined && to === "aws-vault") {
    throw new Refusal(
      PROFILES_MISSING,
      `${file}: expected the profiles of ${holder.name}, got none; write them first: iam-baseline device config ${holder.name} --environment ${holder.environment.name} --write`,
    );
  }
  return profileNames(holder, [], prefixIn(block?.note)).base;
}
