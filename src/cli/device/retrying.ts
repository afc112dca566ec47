import { isNamed } from "../../aws/sdk-error";
import type { Interaction } from "../interaction";

/** IAM tells its changes to STS and to other regions within seconds, sometimes within half a minute. */
const LIMIT_MS = 60_000;
const PAUSE_MS = 2_000;

/**
 * Tries something that IAM does not know everywhere yet, until it does.
 *
 * @param isEarly whether an error means that it is too early
 * @throws the last error after a minute, or at once one of another kind
 */
export async function whenKnown<Answer>(
  talk: Interaction,
  isEarly: (error: unknown) => boolean,
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  const end = talk.now().getTime() + LIMIT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isEarly(error) || talk.now().getTime() >= end) throw error;
      await talk.sleep(PAUSE_MS);
    }
  }
}

/** A key that STS or IAM does not know yet. */
export function isUnknownKey(error: unknown): boolean {
  return isNamed(error, "InvalidClientTokenId", "InvalidClientTokenIdException", "InvalidAccessKeyId");
}

/** A code that STS does not take: wrong, used before, or of a device that it does not know yet. */
export function isRefusedCode(error: unknown): boolean {
  return (
    isNamed(error, "AccessDenied", "AccessDeniedException") && /multi-?factor/i.test((error as Error).message)
  );
}
