const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does work that no signal ends half-way: one that comes meanwhile ends the process right after. While nobody listens
 * for a signal, it ends a process at once, between any two system calls.
 */
export function withoutInterruption<Result>(work: () => Result): Result {
  const endAfterwards = (signal: NodeJS.Signals) => {
    release();
    process.kill(process.pid, signal);
  };
  const release = () => {
    for (const signal of SIGNALS) process.off(signal, endAfterwards);
  };
  for (const signal of SIGNALS) process.on(signal, endAfterwards);
  try {
    return work();
  } finally {
    // signals that came are told in the next turn of the event loop: the rest of this one tells of none
    setImmediate(() => setImmediate(release));
  }
}
