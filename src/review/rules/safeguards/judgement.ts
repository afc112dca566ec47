import type { Severity } from "../../../findings/severity";

/** What a change of one attribute means. */
export interface Judgement {
  readonly severity: Severity;
  readonly words: string;
  /** Told, never raised. */
  readonly isNote?: boolean;
}

export type Judge = (
  before: unknown,
  after: unknown,
  names: Names,
) => Judgement | readonly Judgement[] | undefined;

export interface Names {
  readonly what: string;
  readonly attribute: string;
  /** All attributes as they will be, for those that only mean something together. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Accounts of this environment. */
  readonly accounts: ReadonlySet<string>;
}

export const high = (words: string): Judgement => ({ severity: "high", words });
export const medium = (words: string): Judgement => ({ severity: "medium", words });
export const low = (words: string): Judgement => ({ severity: "low", words });
export const note = (words: string): Judgement => ({ severity: "info", words, isNote: true });

/** A value that is as wanted must stay so. */
export const staysWanted =
  (severity: Severity, wanted: (value: unknown) => boolean, words: string): Judge =>
  (before, after, { what, attribute }) =>
    wanted(before) && !wanted(after)
      ? { severity, words: `${what} ${words}` }
      : note(`${what} changes (${attribute})`);

export const isOn = (value: unknown) => value === true || value === "true";

/** A number that must not fall (or rise): absent counts as `absent`. */
export const number =
  (bad: "lower" | "higher", severity: Severity, absent: number, words = ""): Judge =>
  (before, after, { what, attribute }) => {
    const [old, current] = [before, after].map((value) => (value === undefined ? absent : Number(value)));
    if (old === undefined || current === undefined || old === current) return undefined;
    const isWorse = bad === "lower" ? current < old : current > old;
    const [oldText, currentText] = [old, current].map((value) =>
      value === Infinity ? "without limit" : String(value),
    );
    const text = `${what}: ${attribute} ${oldText} becomes ${currentText}${words}`;
    return isWorse ? { severity, words: text } : note(text);
  };

export const anyChange =
  (severity: Severity, words: string): Judge =>
  (_before, _after, { what }) => ({ severity, words: `${what} ${words}`, isNote: severity === "info" });

/** Entries of a list that go; more of them is fine. */
export const entriesKept =
  (severity: Severity, words: string): Judge =>
  (before, after, { what, attribute }) => {
    const kept = texts(after);
    const gone = texts(before).filter((item) => !kept.includes(item));
    return gone.length === 0
      ? note(`${what} gets further ${attribute}`)
      : { severity, words: `${what} ${words}` };
  };

export const blockKept =
  (severity: Severity, gone: string, changed: string): Judge =>
  (before, after, { what, attribute }) =>
    before === undefined
      ? note(`${what} gets ${attribute}`)
      : after === undefined
        ? { severity, words: `${what} ${gone}` }
        : { severity: "medium", words: `${what} ${changed}` };

export function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((item) =>
    JSON.stringify(item),
  );
}
