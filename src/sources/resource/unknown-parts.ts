import { UNKNOWN_PART, type Unknown } from "../../iam/graph";
import { isSensitiveMarker, replaceMarkers, SensitiveTexts } from "./sensitive-texts";

/** A value that is not known as a whole. A class, so that no JSON of a source can pass for one. */
export class UnknownValue implements Unknown {
  readonly unknown = true;
  constructor(
    readonly address: string,
    readonly reason: string,
  ) {}
}

export function isUnknownValue(value: unknown): value is UnknownValue {
  return value instanceof UnknownValue;
}

const OPEN = "\uE000";
const CLOSE = "\uE001";
const MARK = /\uE000(\d+)\uE001/g;

/**
 * While a source is read, an unknown part of a string is a mark that says which unknown it is, so that two
 * references to the same unknown are equal and two different unknowns are not. The finished graph has
 * `UNKNOWN_PART` in its place.
 */
export class UnknownParts {
  private readonly values: UnknownValue[] = [];
  private readonly marks = new Map<string, string>();

  /** The mark of an unknown; the same address always gives the same mark. */
  mark(value: Unknown): string {
    const present = this.marks.get(value.address);
    if (present !== undefined) return present;
    const mark = `${OPEN}${this.values.length}${CLOSE}`;
    this.values.push(new UnknownValue(value.address, value.reason));
    this.marks.set(value.address, mark);
    return mark;
  }

  /** A value inside a string: unknowns become their mark, null nothing. */
  text(value: unknown): string {
    if (typeof value === "string") return value;
    if (isUnknownValue(value)) return this.mark(value);
    if (value === undefined || value === null) return "";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  }

  /** @param texts stand for the sensitive values of the file that is read */
  constructor(readonly texts: SensitiveTexts = new SensitiveTexts()) {}

  /** A value that the file says is sensitive: unknown, and the same unknown wherever it stands. */
  sensitive(value: unknown): UnknownValue {
    return new UnknownValue(this.texts.marker(value), NOT_SHOWN);
  }

  /** A value in which what stands for sensitive values is unknown: one value is one unknown, wherever it stands. */
  withoutSensitive(value: unknown): unknown {
    if (typeof value === "string") {
      const mark = (marker: string) => this.mark(new UnknownValue(marker, NOT_SHOWN));
      return isSensitiveMarker(value) ? mark(value) : replaceMarkers(value, mark);
    }
    if (Array.isArray(value)) return changed(value, (item) => this.withoutSensitive(item));
    if (typeof value !== "object" || value === null || isUnknownValue(value)) return value;
    const entries = Object.entries(value);
    const items = entries.map(([, item]) => this.withoutSensitive(item));
    if (items.every((item, index) => item === entries[index]?.[1])) return value;
    return Object.fromEntries(entries.map(([key], index) => [key, items[index]]));
  }

  /** The unknowns whose marks a text has. */
  in(text: string): readonly UnknownValue[] {
    if (!text.includes(OPEN)) return [];
    return [...text.matchAll(MARK)].flatMap(([, position]) => this.values[Number(position)] ?? []);
  }

  /** The unknown that is the whole text, if it is one. */
  whole(text: string): UnknownValue | undefined {
    if (!text.startsWith(OPEN) || text.indexOf(CLOSE) !== text.length - 1) return undefined;
    return this.in(text)[0];
  }

  /** A text as the graph shows it. */
  plain(text: string): string {
    return text.includes(OPEN) ? text.replace(MARK, UNKNOWN_PART) : text;
  }
}

const NOT_SHOWN = "a sensitive value, which is not shown";

function changed(items: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  const next = items.map(change);
  return next.some((item, index) => item !== items[index]) ? next : items;
}

/** Whether a text has an unknown part, as a mark or as the graph shows it. */
export function hasUnknownPart(text: string): boolean {
  return text.includes(OPEN) || text.includes(UNKNOWN_PART);
}
