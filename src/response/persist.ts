import { describeError } from "../findings/describe-error";
import type { ResponseDeps } from "./response-deps";

/** IAM's words for what no further try changes. */
const FINAL =
  /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|NoSuchEntity|NoSuchEntityException|InvalidClientTokenId|ExpiredToken|ExpiredTokenException|MalformedPolicyDocument|MalformedPolicyDocumentException|InvalidInput|InvalidInputException|ValidationError)$/;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4_000;

/**
 * Tries until it works or the time is over: what Lambda would try again comes a minute later, which is too late.
 *
 * @throws the last error
 */
export async function persist<Answer>(
  { sleep, remainingMs, log }: Pick<ResponseDeps, "sleep" | "remainingMs" | "log">,
  what: string,
  act: () => Promise<Answer>,
  mostTries = Number.POSITIVE_INFINITY,
): Promise<Answer> {
  for (let tries = 1, pause = FIRST_PAUSE_MS; ; tries += 1, pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await act();
    } catch (error) {
      const isFinal = error instanceof Error && FINAL.test(error.name);
      if (isFinal || tries >= mostTries || remainingMs() <= pause) throw error;
      log("tried again", { what, because: describeError(error), afterMs: pause });
      await sleep(pause);
    }
  }
}
