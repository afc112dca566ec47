import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { Context } from "aws-lambda";
import { responseKeys } from "../../src/aws/response-keys";
import { sessionCutoffStore } from "../../src/aws/session-cutoff-store";
import { describeError } from "../../src/findings/describe-error";
import { maskAccessKeyId } from "../../src/findings/mask";
import { persist } from "../../src/response/persist";
import { type AskedResponse, askedOf } from "../../src/response/requests";
import { isIncomplete, isNews, type ResponseResult, respond } from "../../src/response/respond";
import type { ResponseDeps } from "../../src/response/response-deps";
import { responseWords } from "../../src/response/words";
import { publish } from "../runtime/publish";
import { redactErrors } from "../runtime/redacted-errors";
import { newLogger, newMetrics } from "../runtime/telemetry";
import { type RespondSettings, readSettings } from "./config";

const SERVICE = "respond";
/** What is left for telling people what could be done, and what could not. */
const TELLING_MS = 12_000;
/** The same news within this time, of which nothing is new, is told once. */
const SAME_NEWS_MS = 3_600_000;

export interface RespondHandlerDeps {
  readonly iam: IAMClient;
  readonly sns: SNSClient;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** A response that is not whole was told so; Lambda runs it again, which does the rest. */
export class IncompleteResponseError extends Error {
  override readonly name = "IncompleteResponseError";
}

export type RespondOutcome =
  | { readonly kind: "nothing" }
  | { readonly kind: "responded"; readonly users: number; readonly told: number };

/**
 * The function: whose keys and sessions an event is about, their end, and a message. It goes on trying by itself: what
 * Lambda runs again comes a minute later.
 */
export function respondHandler(deps: RespondHandlerDeps) {
  const logger = newLogger(SERVICE);
  /** What people were told of, as long as the process lives. */
  const told = new Map<string, number>();
  return redactErrors(
    async (
      event: unknown,
      context: Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">,
    ): Promise<RespondOutcome> => {
      const settings = readSettings(deps.variables);
      logger.resetKeys();
      logger.appendKeys({ runId: context.awsRequestId, environment: settings.environment });
      const asked = askedOf(event, settings.scope);
      if (asked === undefined) return { kind: "nothing" };
      const tools = toolsOf(settings, () => context.getRemainingTimeInMillis() - TELLING_MS);
      const unknownKeys: string[] = [];
      const users = await usersOf(asked, tools, unknownKeys);
      const results = await Promise.all(
        users.map((userName) => respond(tools, { ...asked, userName, oneByOne: settings.oneByOne })),
      );
      const telling = { ...tools, remainingMs: () => context.getRemainingTimeInMillis() - 1_000 };
      const count = await tell(telling, settings, asked, results, unknownKeys);
      emit(settings.environment, results);
      if (unknownKeys.length > 0 || results.some(isIncomplete))
        throw new IncompleteResponseError(
          `environment ${settings.environment}: the response is not complete; people were told, and the log says what is left`,
        );
      return { kind: "responded", users: results.length, told: count };
    },
  );

  function toolsOf(settings: RespondSettings, remainingMs: () => number): ResponseDeps {
    return {
      keys: responseKeys(deps.iam),
      sessions: sessionCutoffStore(deps.iam, settings.cutoffPolicyArn, deps.now),
      now: deps.now,
      sleep: deps.sleep,
      remainingMs,
      log: (message, fields) => logger.warn(message, { ...fields }),
    };
  }

  async function usersOf(
    { userNames, keyIds }: AskedResponse,
    tools: ResponseDeps,
    unknown: string[],
  ): Promise<readonly string[]> {
    const found = await Promise.all(
      keyIds.map(async (keyId) => {
        const key = maskAccessKeyId(keyId);
        try {
          const user = await persist(tools, `user of key ${key}`, () => tools.keys.userOfKey(keyId));
          if (user !== "gone") return [user];
          tools.log("nobody has the key", { key });
          return [];
        } catch (error) {
          unknown.push(`whose access key ${key} is could not be asked: ${describeError(error)}`);
          return [];
        }
      }),
    );
    return [...new Set([...userNames, ...found.flat()])];
  }

  /** Every message is tried; what cannot be told is an error, so that it is told by the next try. */
  async function tell(
    tools: ResponseDeps,
    { topicArn, scope }: RespondSettings,
    asked: AskedResponse,
    results: readonly ResponseResult[],
    unknownKeys: readonly string[],
  ): Promise<number> {
    const messages = results.flatMap((result) => {
      const key = `${result.userName} ${result.reason}`;
      const last = told.get(key);
      const isRepeat = last !== undefined && deps.now().getTime() - last < SAME_NEWS_MS;
      return isNews(result) || !isRepeat ? [{ key, ...responseWords(result, scope, asked.drill) }] : [];
    });
    if (results.length === 0 || unknownKeys.length > 0) {
      const key = `${asked.reason} ${unknownKeys.join()}`;
      messages.push({
        key,
        subject: `[${scope.environment}] critical: AWS tells of a leak, and nobody's keys were ended`,
        message: [
          `${asked.reason}, and no IAM user could be told whose it is.`,
          ...unknownKeys,
          "It may be of the root user, or of a user who is gone.",
          `What to do: ${scope.runbooks}leaked-key.md`,
        ].join("\n"),
      });
    }
    for (const { key, ...message } of messages) {
      await persist(tools, "telling", () => publish(deps.sns, topicArn, message));
      told.set(key, deps.now().getTime());
    }
    return messages.length;
  }
}

function emit(environment: string, results: readonly ResponseResult[]): void {
  const metrics = newMetrics(SERVICE, environment);
  metrics.addMetric("Responses", MetricUnit.Count, results.length);
  metrics.addMetric("Incomplete", MetricUnit.Count, results.filter(isIncomplete).length);
  metrics.publishStoredMetrics();
}
