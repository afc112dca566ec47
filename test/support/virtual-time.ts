interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * A clock that stands still while code works and jumps to the next alarm when everything waits. Code under test must
 * wait for promises and for `sleep` only: real input and output would look like waiting.
 */
export class VirtualTime {
  private readonly sleepers = new Set<Sleeper>();
  private current: number;
  private checking = false;

  constructor(start: string) {
    this.current = Date.parse(start);
  }

  readonly now = (): Date => new Date(this.current);

  /** Something took this long. */
  advance(milliseconds: number): void {
    this.current += milliseconds;
  }

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const sleeper: Sleeper = {
        at: this.current + milliseconds,
        wake: () => {
          this.sleepers.delete(sleeper);
          resolve();
        },
      };
      this.sleepers.add(sleeper);
      signal?.addEventListener("abort", sleeper.wake);
      this.check();
    });

  private check(): void {
    if (this.checking) return;
    this.checking = true;
    // An immediate comes after every promise that can settle by itself has settled.
    setImmediate(() => {
      this.checking = false;
      const [first] = [...this.sleepers].sort((left, right) => left.at - right.at);
      if (first === undefined) return;
      this.current = Math.max(this.current, first.at);
      first.wake();
      if (this.sleepers.size > 0) this.check();
    });
  }
}
