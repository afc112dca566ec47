import type { Notification } from "../runtime/publish";

/**
 * What a run writes down of itself, so that the next one knows what people were not told: that it began, its report
 * once there is one, and that it was told. Lambda repeats a run under the same id, so the moment belongs to its name.
 */
export interface RunRecord {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly state: "begun" | "reported" | "told";
  /** What was to be told, where something was. */
  readonly notification?: Notification;
}

export function recordText(record: RunRecord): string {
  return JSON.stringify(record);
}

/** @returns nothing for a text that no run wrote */
export function readRecord(text: string): RunRecord | undefined {
  try {
    const { runId, startedAt, state, notification } = JSON.parse(text) as Partial<RunRecord>;
    if (typeof runId !== "string" || typeof startedAt !== "string") return undefined;
    if (state !== "begun" && state !== "reported" && state !== "told") return undefined;
    return { runId, startedAt, state, ...(isNotification(notification) && { notification }) };
  } catch {
    return undefined;
  }
}

/** What is still to be told of earlier runs, in the order of their beginning. */
export function untold(records: readonly RunRecord[], environment: string): readonly Notification[] {
  const runs = new Map<string, RunRecord[]>();
  for (const record of records) {
    const name = `${record.startedAt} ${record.runId}`;
    runs.set(name, [...(runs.get(name) ?? []), record]);
  }
  return [...runs]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, own]) => {
      if (own.some(({ state }) => state === "told")) return [];
      const reported = own.find(({ state }) => state === "reported");
      if (reported?.notification !== undefined) return [toldLater(reported.notification)];
      return own[0] === undefined ? [] : [neverReported(own[0], environment)];
    });
}

function toldLater({ subject, message }: Notification): Notification {
  return { subject, message: `The run itself could not send this; a later one does.\n\n${message}` };
}

function neverReported({ runId, startedAt }: RunRecord, environment: string): Notification {
  return {
    subject: `[${environment}] access keys: a run ended without a report`,
    message: [
      `Run ${runId} of environment ${environment}, started ${startedAt}, began and wrote no report.`,
      "It may have deactivated keys: its log names each, user by user (/aws/lambda/...-deactivate-access-keys).",
      "What it left undone, the run that tells this has done, or names below its own failures.",
    ].join("\n"),
  };
}

function isNotification(value: unknown): value is Notification {
  const { subject, message } = (value ?? {}) as Partial<Notification>;
  return typeof subject === "string" && typeof message === "string";
}
