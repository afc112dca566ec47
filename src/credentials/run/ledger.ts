import type { Failure, KeyEvent, RunSummary, SecondLook } from "./run-summary";

/** What is known before the first user is judged. */
export type RunHeader = Pick<RunSummary, "runId" | "environment" | "dryRun" | "startedAt">;

/** Collects what a run does, so that a summary can be taken at any moment: also when time runs out in the middle. */
export class Ledger {
  exemptUsers = 0;
  uncoveredUsers = 0;
  kept = 0;
  alreadyInactive = 0;
  gone = 0;
  /** Whether sessions of the users whose keys were deactivated were ended. */
  sessionsEnded = false;
  secondLook: SecondLook = { kind: "not-needed" };
  private readonly deactivated: KeyEvent[] = [];
  readonly wouldDeactivate: KeyEvent[] = [];
  readonly keptForNow: KeyEvent[] = [];
  readonly keptLast: KeyEvent[] = [];
  readonly endingSoon: KeyEvent[] = [];
  readonly failed: Failure[] = [];
  private users = 0;
  private readonly unfinished = new Set<string>();

  constructor(private readonly header: RunHeader) {}

  /** The users that the run has to finish. */
  expect(userNames: readonly string[]): void {
    this.users = userNames.length;
    for (const userName of userNames) this.unfinished.add(userName);
  }

  /** A key was deactivated: from now on a second look is due, until there was one. */
  deactivate(event: KeyEvent): void {
    this.deactivated.push(event);
    if (this.secondLook.kind === "not-needed") this.secondLook = { kind: "no-time" };
  }

  finish(userName: string): void {
    this.unfinished.delete(userName);
  }

  /** The user is done with, though not well. */
  fail(userName: string, because: string): void {
    this.failed.push({ where: userName, because });
    this.finish(userName);
  }

  /** A copy: what happens later does not change it. */
  summary(): RunSummary {
    return {
      ...this.header,
      users: this.users,
      exemptUsers: this.exemptUsers,
      uncoveredUsers: this.uncoveredUsers,
      deactivated: [...this.deactivated],
      wouldDeactivate: [...this.wouldDeactivate],
      keptForNow: [...this.keptForNow],
      keptLast: [...this.keptLast],
      endingSoon: [...this.endingSoon],
      kept: this.kept,
      alreadyInactive: this.alreadyInactive,
      gone: this.gone,
      failed: [...this.failed],
      notReached: [...this.unfinished],
      secondLook: this.secondLook,
      sessionsEnded: this.sessionsEnded,
    };
  }
}
