import type { Severity } from "../../findings/severity";

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
}

export const high = (words: string): Judgement => ({ severity: "high", words });
export const medium = (words: string): Judgement => ({ severity: "medium", words });
export const low = (words: string): Judgement => ({ severity: "low", words });
export const note = (words: string): Judgement => ({ severity: "info", words, isNote: true });

export const becomes =
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
    const [was, is] = [before, after].map((value) => (value === undefined ? absent : Number(value)));
    if (was === undefined || is === undefined || was === is) return undefined;
    const isWorse = bad === "lower" ? is < was : is > was;
    const [old, now] = [was, is].map((value) => (value === Infinity ? "without limit" : String(value)));
    const text = `${what}: ${attribute} ${old} becomes ${now}${words}`;
    return isWorse ? { severity, words: text } : note(text);
  };

export const anyChange =
  (severity: Severity, words: string): Judge =>
  (_before, _after, { what }) => ({ severity, words: `${what} ${words}`, isNote: severity === "info" });

/** Entries of a list that go; more of them is fine. */
export const entriesKept =
  (severity: Severity, words: string): Judge =>
  (before, after, { what, attribute }) => {
    const is = texts(after);
    const gone = texts(before).filter((item) => !is.includes(item));
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
