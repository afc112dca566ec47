import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { isUrgent } from "../../src/detection/detection";
import { DETECTIONS } from "../../src/detection/detections";
import { digestOf, entryText, readEntry } from "../../src/detection/digest";
import { Folding } from "../../src/detection/folding";
import { tellFirst } from "../../src/detection/sentence";
import { publish } from "../runtime/publish";
import { redactErrors } from "../runtime/redacted-errors";
import { reportQueue } from "../runtime/report-queue";
import { newLogger, newMetrics } from "../runtime/telemetry";
import { type NotifySettings, readSettings } from "./config";

const SERVICE = "notify";

export interface NotifyDeps {
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

/** What became of one invocation. */
export type NotifyOutcome =
  | { readonly kind: "told" | "folded" | "kept-for-digest"; readonly detection: string }
  /** No detection finds anything in the event. */
  | { readonly kind: "nothing" }
  | { readonly kind: "digest"; readonly entries: number };

type Event = Readonly<Record<string, unknown>>;

/**
 * The function: an event of the bus into a sentence for people, at once or into the digest; and the digest, where the
 * schedule asks for it. Whatever could not be told or kept is an error, so that Lambda tries again and then keeps the event
 * in the queue of failures: nothing is lost in silence.
 */
export function notifyHandler(deps: NotifyDeps) {
  const logger = newLogger(SERVICE);
  const folding = new Folding();
  return redactErrors(async (event: unknown, context: { readonly awsRequestId: string }) => {
    const settings = readSettings(deps.variables);
    logger.resetKeys();
    logger.appendKeys({ runId: context.awsRequestId, environment: settings.environment });
    const raw = (typeof event === "object" && event !== null ? event : {}) as Event;
    const outcome = raw["digest"] === true ? await digest(settings) : await one(raw, settings);
    logger.info("outcome", { ...outcome });
    return outcome;
  });

  async function one(raw: Event, settings: NotifySettings): Promise<NotifyOutcome> {
    const wanted = DETECTIONS.filter(({ id }) => !settings.except.includes(id));
    const found = tellFirst(wanted, raw, settings.scope);
    if (found === undefined) return { kind: "nothing" };
    const { detection, told } = found;
    logger.warn("detection", { ...told, eventId: raw["id"] });
    const now = deps.now();
    const urgent = isUrgent(told.severity, detection);
    const repeat = urgent && folding.isRepeat(told.fold, now);
    if (urgent && !repeat) {
      await publish(deps.sns, settings.topicArn, { subject: told.subject, message: told.sentence });
      folding.remember(told.fold, now);
    } else {
      const entry = { detection: told.detection, severity: told.severity, sentence: told.sentence, repeat };
      await reportQueue(deps.sqs, settings.digestQueueUrl).keep(entryText(entry));
    }
    const kind = repeat ? "folded" : urgent ? "told" : "kept-for-digest";
    emit(settings.environment, { told: "Told", folded: "Folded", "kept-for-digest": "KeptForDigest" }[kind]);
    return { kind, detection: told.detection };
  }

  async function digest({ environment, digestQueueUrl, topicArn }: NotifySettings): Promise<NotifyOutcome> {
    const queue = reportQueue(deps.sqs, digestQueueUrl);
    const kept = await queue.kept();
    const entries = kept.flatMap(({ text }) => readEntry(text) ?? []);
    const notification = digestOf(entries, environment);
    if (notification !== undefined) await publish(deps.sns, topicArn, notification);
    // what cannot be taken out now is told once more tomorrow
    for (const { receipt } of kept) await queue.drop(receipt);
    emit(environment, "DigestSent");
    return { kind: "digest", entries: entries.length };
  }
}

function emit(environment: string, name: string): void {
  newMetrics(SERVICE, environment).addMetric(name, MetricUnit.Count, 1).publishStoredMetrics();
}
