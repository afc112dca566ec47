import { nearestName } from "../findings/nearest-name";
import { TIME_ZONE_LINKS } from "./time-zone-links";

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** Wall times, as milliseconds of a UTC clock that shows the same digits, that a clock change skips. */
export interface SkippedTimes {
  /** First skipped wall time. */
  readonly from: number;
  /** First wall time after the gap. */
  readonly to: number;
}

/**
 * True for a name of the IANA database as it is written there: `Asia/Tokyo`, `UTC`. Newer spellings that this Node.js
 * knows only as links (`Asia/Kolkata`) are names too; offsets (`+09:00`) and other cases (`asia/tokyo`, `Asia/TOKYO`)
 * are not, although Node.js takes them: EventBridge Scheduler need not.
 */
export function isTimeZone(name: string): boolean {
  const written = asWritten(name);
  if (written !== undefined) return written === name;
  // a name that this list does not have yet
  return /^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z0-9_+-]*)+$/.test(name) && isKnown(name);
}

/** The name as the database writes it, whatever its case here. */
function asWritten(name: string): string | undefined {
  const lower = name.toLowerCase();
  return [...Intl.supportedValuesOf("timeZone"), ...TIME_ZONE_LINKS, "UTC"].find(
    (zone) => zone.toLowerCase() === lower,
  );
}

/** The zone that a misspelt name probably means, if any is near. The city alone is enough: `Tokyo`. */
export function nearestTimeZone(name: string): string | undefined {
  const written = asWritten(name);
  if (written !== undefined) return written;
  const known = Intl.supportedValuesOf("timeZone");
  const city = known.find((zone) => zone.toLowerCase().endsWith(`/${name.toLowerCase()}`));
  return city ?? nearestName(name, [...known, "UTC"]);
}

/** Minutes-exact clock of one zone. */
export class ZoneClock {
  private static readonly clocks = new Map<string, ZoneClock>();
  private readonly format: Intl.DateTimeFormat;
  private readonly gaps = new Map<string, readonly SkippedTimes[]>();

  /** The clock of a zone: environments share a few zones, and asking one for its gaps takes 15 ms. */
  static of(timeZone: string): ZoneClock {
    const clock = ZoneClock.clocks.get(timeZone) ?? new ZoneClock(timeZone);
    ZoneClock.clocks.set(timeZone, clock);
    return clock;
  }

  /** @param timeZone a name for which `isTimeZone` is true */
  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  /** The wall time of an instant, as milliseconds of a UTC clock that shows the same digits. */
  wallTime(instant: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }

  /** The instant at which clocks show `wallTime`; the earlier one where they show it twice, none where they skip it. */
  instantOf(wallTime: number): number | undefined {
    const offsets = [wallTime - 24 * HOUR_MS, wallTime + 24 * HOUR_MS].map(
      (near) => this.wallTime(near) - near,
    );
    return offsets
      .map((offset) => wallTime - offset)
      .filter((instant) => this.wallTime(instant) === wallTime)
      .sort((left, right) => left - right)[0];
  }

  /**
   * Every gap that clocks of this zone make between two instants. Looks at one moment a week: no zone changes its
   * clocks forth and back within days.
   */
  skippedTimes(from: Date, to: Date): readonly SkippedTimes[] {
    const key = `${from.getTime()}-${to.getTime()}`;
    const known = this.gaps.get(key) ?? this.findGaps(from, to);
    this.gaps.set(key, known);
    return known;
  }

  private findGaps(from: Date, to: Date): readonly SkippedTimes[] {
    const gaps: SkippedTimes[] = [];
    for (let start = wholeSecond(from); start < to.getTime(); start += WEEK_MS) {
      const end = start + WEEK_MS;
      if (this.offset(end) <= this.offset(start)) continue;
      const change = this.findChange(start, end);
      gaps.push({ from: change + this.offset(start), to: change + this.offset(end) });
    }
    return gaps.filter((gap) => gap.from < to.getTime() + 24 * HOUR_MS);
  }

  private offset(instant: number): number {
    return this.wallTime(instant) - instant;
  }

  /** The first instant with the offset of `end`. */
  private findChange(start: number, end: number): number {
    const after = this.offset(end);
    let low = start;
    let high = end;
    while (high - low > 1000) {
      const middle = wholeSecond(new Date((low + high) / 2));
      if (this.offset(middle) === after) high = middle;
      else low = middle;
    }
    return high;
  }
}

function isKnown(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function wholeSecond(moment: Date): number {
  return Math.floor(moment.getTime() / 1000) * 1000;
}
