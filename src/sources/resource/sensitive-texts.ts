/** Begins every text that stands for a sensitive value. */
const OPENING = "(sensitive value";
const MARKER = /\(sensitive value(?: \d+)?\)/g;
const WHOLE = /^\(sensitive (?:value|external id)(?: \d+)?\)$/;

/**
 * The sensitive values of one file, each with the text that is shown in its place: `(sensitive value)` for the first,
 * `(sensitive value 2)` for the second. Equal values have equal texts and others have others, so that a change is
 * still seen; nothing of a value, not even a digest that could be guessed, is in its text. The numbers follow the
 * order of the file: the same file gives the same texts.
 */
export class SensitiveTexts {
  private readonly numbers = new Map<string, number>();

  /** The text that stands for a value. One that stands for a value already stays as it is. */
  marker(value: unknown, what: "value" | "external id" = "value"): string {
    if (typeof value === "string" && WHOLE.test(value)) return value;
    const key = JSON.stringify(value) ?? "";
    const number = this.numbers.get(key) ?? this.numbers.size + 1;
    this.numbers.set(key, number);
    return number === 1 ? `(sensitive ${what})` : `(sensitive ${what} ${number})`;
  }

  /** Whether the file has any. */
  get hasAny(): boolean {
    return this.numbers.size > 0;
  }
}

/** A text with what a function makes of each marker in it. Markers of external ids stay: a caller chooses which it gives. */
export function replaceMarkers(text: string, replace: (marker: string) => string): string {
  return text.includes(OPENING) ? text.replace(MARKER, replace) : text;
}

export function isSensitiveMarker(value: unknown): boolean {
  return typeof value === "string" && WHOLE.test(value);
}
