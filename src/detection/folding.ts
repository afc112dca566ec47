/** Repeats of the same within this time are told once at once, and the rest in the digest. */
export const FOLD_MS = 15 * 60_000;
/** More than so many different things are not remembered: then some are told twice. */
const MOST = 2_000;

/**
 * What was told lately, as long as the process lives: a new one tells once more, which is better than once less. Nothing
 * counts as told before it was.
 */
export class Folding {
  private readonly told = new Map<string, number>();

  /** Whether the same was told within the last quarter of an hour. */
  isRepeat(fold: string, now: Date): boolean {
    const at = this.told.get(fold);
    return at !== undefined && now.getTime() - at < FOLD_MS;
  }

  remember(fold: string, now: Date): void {
    this.told.set(fold, now.getTime());
    if (this.told.size <= MOST) return;
    const [oldest] = this.told.keys();
    if (oldest !== undefined) this.told.delete(oldest);
  }
}
