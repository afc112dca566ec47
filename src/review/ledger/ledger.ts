import type { Nature } from "../natures/nature";
import type { LeafChange } from "./leaves";

/** What kind of thing an entry is about. */
export type SubjectKind = "resource" | "data" | "setting" | "file" | "plan";

/** One changed leaf of one changed thing, entered once. */
export interface LedgerEntry extends LeafChange {
  readonly kind: SubjectKind;
  /** Terraform address, key of a setting, path of a file. */
  readonly subject: string;
  /** Resource type; empty for what is no resource. */
  readonly type: string;
  readonly nature: Nature;
}

/**
 * Everything that a change changes. Each rule that judges an entry strikes it; what is left at the end was not judged.
 */
export class Ledger {
  private readonly open = new Map<string, Map<string, LedgerEntry>>();
  private readonly settledBySubject = new Map<string, LedgerEntry[]>();
  private count = 0;

  enter(entry: LedgerEntry): void {
    let entries = this.open.get(entry.subject);
    if (entries === undefined) {
      entries = new Map();
      this.open.set(entry.subject, entries);
    }
    entries.set(entry.path, entry);
    this.count++;
  }

  /** Entries that were ever made: nothing changes at all where there is none. */
  get size(): number {
    return this.count;
  }

  /** Entries of one subject that no rule has judged yet. */
  of(subject: string): readonly LedgerEntry[] {
    return [...(this.open.get(subject)?.values() ?? [])];
  }

  /** A rule has judged these. */
  strike(entries: Iterable<LedgerEntry>): void {
    for (const { subject, path } of entries) this.open.get(subject)?.delete(path);
  }

  /** A rule has judged these and found them to be no more access and no less protection: they are told as ordinary. */
  settle(entries: Iterable<LedgerEntry>): void {
    for (const entry of entries) {
      this.open.get(entry.subject)?.delete(entry.path);
      const settled = this.settledBySubject.get(entry.subject);
      if (settled === undefined) this.settledBySubject.set(entry.subject, [entry]);
      else settled.push(entry);
    }
  }

  settled(subject: string): readonly LedgerEntry[] {
    return this.settledBySubject.get(subject) ?? [];
  }

  remaining(): readonly LedgerEntry[] {
    return [...this.open.values()].flatMap((entries) => [...entries.values()]);
  }
}
