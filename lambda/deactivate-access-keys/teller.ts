import { describeError } from "../../src/aws/sdk-error";
import { redact } from "../../src/findings/mask";
import type { Notification } from "../runtime/publish";
import type { KeptText, ReportQueue } from "../runtime/report-queue";
import { type RunRecord, readRecord, recordText, untold } from "./run-records";

export interface TellerDeps {
  /** Sends one notification; rejects where that did not work. */
  readonly publish: (notification: Notification) => Promise<void>;
  /** Absent: the stack gave the function no queue, and reports are sent or lost. */
  readonly queue: ReportQueue | undefined;
  readonly environment: string;
  readonly run: Pick<RunRecord, "runId" | "startedAt">;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/**
 * Tells people what runs did, at least once each. A run's report is in the queue before it is sent and counts as told
 * only after that; what an earlier run could not tell, or did not live to report, is told by the next. The queue
 * failing keeps nobody from deactivating keys, nor from telling.
 */
export class Teller {
  private constructor(
    private readonly deps: TellerDeps,
    private readonly kept: readonly KeptText[],
  ) {}

  /** Looks for what earlier runs left, and writes down that this one has begun. */
  static async begin(deps: TellerDeps): Promise<Teller> {
    let kept: readonly KeptText[] = [];
    try {
      kept = (await deps.queue?.kept()) ?? [];
    } catch (error) {
      deps.log("reports of earlier runs not read", { because: describeError(error) });
    }
    const teller = new Teller(deps, kept);
    await teller.record({ state: "begun" });
    return teller;
  }

  /** @returns whether everything was told that there was to tell: this run's report, and those of earlier runs */
  async tell(notification: Notification | undefined): Promise<boolean> {
    if (notification !== undefined) await this.record({ state: "reported", notification });
    const told = notification === undefined || (await this.send(notification));
    if (told) await this.record({ state: "told" });
    return (await this.tellEarlier(told)) && told;
  }

  private async tellEarlier(answers: boolean): Promise<boolean> {
    const records = this.kept.flatMap(({ text }) => readRecord(text) ?? []);
    for (const earlier of untold(records, this.deps.environment)) {
      // a topic that just did not answer is not asked again: there is little time left
      if (!answers || !(await this.send(earlier))) return false;
    }
    for (const { receipt } of this.kept) {
      try {
        await this.deps.queue?.drop(receipt);
      } catch (error) {
        this.deps.log("a report stays, and will be told again", { because: describeError(error) });
      }
    }
    return true;
  }

  private async send(notification: Notification): Promise<boolean> {
    try {
      await this.deps.publish(notification);
      return true;
    } catch (error) {
      this.deps.log("notification not sent", { because: describeError(error) });
      return false;
    }
  }

  private async record(rest: Pick<RunRecord, "state" | "notification">): Promise<void> {
    try {
      await this.deps.queue?.keep(redact(recordText({ ...this.deps.run, ...rest })));
    } catch (error) {
      this.deps.log("report not kept", { state: rest.state, because: describeError(error) });
    }
  }
}
