/** A report as sections of tables, before it is laid out for a terminal or written as Markdown. */
export interface ReportDocument {
  readonly title: string;
  readonly notes: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  /** What the section tells, for a reader who has never seen one. */
  readonly caption?: string;
  readonly columns: readonly string[];
  /** Cells of several lines; the names of others are still raw text here. */
  readonly rows: readonly (readonly DocumentCell[])[];
  /** Stands where there are no rows. */
  readonly otherwise: string;
}

export type DocumentCell = readonly Line[];

export interface Line {
  readonly text: string;
  readonly tone?: Tone;
}

/** `alarm`: far-reaching rights; `weak`: reachable without MFA or from anywhere; `open`: not known; `quiet`: nothing to see. */
export type Tone = "alarm" | "weak" | "good" | "open" | "quiet" | "name";

export function line(text: string, tone?: Tone): Line {
  return tone === undefined ? { text } : { text, tone };
}

export function cell(...texts: readonly string[]): DocumentCell {
  return texts.map((text) => line(text));
}
