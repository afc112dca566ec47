import { AWS_CALL_FAILED, describeError } from "../aws/sdk-error";
import { Refusal } from "../findings/refusal";

/** What to do about an answer of AWS's, by what kind of answer it is. */
const REMEDIES: readonly (readonly [pattern: RegExp, remedy: string])[] = [
  [
    /^(Throttling|ThrottlingException|TooManyRequestsException|RequestLimitExceeded)$/,
    "AWS throttles: wait a minute",
  ],
  [
    /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/,
    "use credentials that may do it (aws-vault exec PROFILE -- ...)",
  ],
  [
    /^(ExpiredToken|ExpiredTokenException|RequestExpired|InvalidClientTokenId|UnrecognizedClientException)$/,
    "open a session anew (aws-vault exec PROFILE -- ...)",
  ],
  [/^(LimitExceeded|LimitExceededException)$/, "a quota is used up: iam-baseline doctor tells which"],
  [
    /^(TimeoutError|NetworkingError|ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|AbortError)$/,
    "check the connection",
  ],
  [/^(ServiceFailure|ServiceFailureException|InternalFailure|ServiceUnavailable)$/, "AWS has trouble: wait"],
];

/**
 * What AWS or the network said, in one line with a remedy. Other errors stay what they are.
 *
 * @param again what a second run does, in words: `it goes on where it stopped`
 */
export async function withRemedy<Answer>(
  where: string,
  again: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!isAnswer(error)) throw error;
    const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
    const remedy =
      REMEDIES.find(([pattern]) => pattern.test(error.name) || pattern.test(code))?.[1] ?? "see what it says";
    throw new Refusal(
      AWS_CALL_FAILED,
      `${where}: ${describeError(error)}; ${remedy} and run it again: ${again}`,
      {
        cause: error,
      },
    );
  }
}

/** Of the SDK (it has metadata), or of the connection (it has a system's code). */
function isAnswer(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return (
    "$metadata" in error || ("code" in error && typeof error.code === "string" && /^E[A-Z]+/.test(error.code))
  );
}
