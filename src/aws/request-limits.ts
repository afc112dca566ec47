import { Refusal } from "../findings/refusal";
import { AWS_CALL_FAILED } from "./sdk-error";
/** How long one request may take, and how often silence is met with another try. */
export interface RequestLimits {
  /** Until a connection stands. */
  readonly connectMs: number;
  /** Until the whole answer is there, its body included; each try counts anew. */
  readonly answerMs: number;
  /** Tries of one call that may go unanswered before it is given up. Throttling has its own, larger number. */
  readonly silentTries: number;
}

/** For whoever asks many things of a service: what does not answer ends in a quarter of a minute. */
export const PATIENT_LIMITS: RequestLimits = { connectMs: 3_000, answerMs: 5_000, silentTries: 3 };

/** For the last call of a run, when little time may be left. */
export const SHORT_LIMITS: RequestLimits = { connectMs: 1_000, answerMs: 2_000, silentTries: 2 };

/** For whoever has a minute for all of it, and tries again by himself. */
export const URGENT_LIMITS: RequestLimits = { connectMs: 1_000, answerMs: 3_000, silentTries: 1 };

/** A service took the connection, or not even that, and said nothing: not to be tried again. */
export class NoAnswerError extends Refusal {
  override readonly name = "NoAnswerError";

  constructor(message: string) {
    super(AWS_CALL_FAILED, message);
  }
}

/**
 * Settings of the SDK's HTTP handler. Its `requestTimeout` alone only warns, hence the third; and once the first bytes
 * have come, only `socketTimeout` counts.
 *
 * @see https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/migrating/notable-changes/
 */
export function requestHandlerOf({ connectMs, answerMs }: RequestLimits) {
  return {
    connectionTimeout: connectMs,
    requestTimeout: answerMs,
    throwOnRequestTimeout: true,
    socketTimeout: answerMs,
  } as const;
}

/** What of an SDK client is needed here; every client of every service has it. */
interface LimitedClient {
  readonly middlewareStack: { add(middleware: never, options: never): void };
}

type Next = (args: unknown) => Promise<unknown>;

/**
 * Ends each try of each call of a client after `answerMs`, and each call after `silentTries` of them, with an error
 * that names service and call. The HTTP handler's own limits start anew with every byte; this one does not.
 *
 * @param onSilence told of every try that went unanswered and is made again
 */
export function limitRequests<Client extends LimitedClient>(
  client: Client,
  limits: RequestLimits,
  onSilence: (what: string) => void = () => {},
): Client {
  const middleware = (next: Next, context: { clientName?: string; commandName?: string }): Next => {
    let silent = 0;
    return async (args) => {
      try {
        return await inTime(next(args), limits.answerMs);
      } catch (error) {
        if (!(error instanceof Error) || !isSilence(error)) throw error;
        silent += 1;
        const service = (context.clientName ?? "AWS").replace(/Client$/, "");
        const call = (context.commandName ?? "a call").replace(/Command$/, "");
        if (silent >= limits.silentTries) {
          throw new NoAnswerError(
            `${service} did not answer ${call}: ${silent} tries of ${limits.answerMs / 1000} s each`,
          );
        }
        onSilence(`${service} did not answer ${call} within ${limits.answerMs / 1000} s; trying again`);
        throw error;
      }
    };
  };
  // the retries are in this step, too, with high priority: what has low priority runs once for each try
  client.middlewareStack.add(middleware as never, { step: "finalizeRequest", priority: "low" } as never);
  return client;
}

async function inTime<Answer>(answer: Promise<Answer>, milliseconds: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      // the name is one that the SDK's retries know
      reject(Object.assign(new Error(`no answer within ${milliseconds} ms`), { name: "TimeoutError" }));
    }, milliseconds);
  });
  // it may still fail after the limit, when nobody listens any more
  answer.catch(() => {});
  try {
    return await Promise.race([answer, end]);
  } finally {
    clearTimeout(timer);
  }
}

/** The SDK names every kind of it so: no connection, no answer, a connection that fell silent. */
function isSilence(error: Error): boolean {
  return error.name === "TimeoutError";
}
