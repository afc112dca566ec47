declare const declared: unique symbol;

/** A code that stands in a declaration. No literal is one, so that nothing is refused under a code that nobody can look up. */
export type RefusalCode<Code extends string = string> = Code & { readonly [declared]: true };

/**
 * What is declared of a refusal, once: an error that a user can cause, under a code that does not change with its
 * words. `docs/errors.md` and `baseline explain CODE` come from it.
 */
export interface RefusalDeclaration<Code extends string = string> {
  /** Kebab-case and stable. Unique among refusals and rules. */
  readonly code: RefusalCode<Code>;
  /** What is refused, in one sentence without a full stop: `A network is private and nobody calls AWS from it`. */
  readonly title: string;
  /** Why it is refused, and not taken for something else. */
  readonly why: string;
  /** A message as it is printed. */
  readonly example: string;
  /** What to do, in general; a message says it for its own case. */
  readonly remedy: string;
  /** Version of this package that first had it. */
  readonly since: string;
}

/** Declares a refusal. It is listed in `src/catalogue/refusals.ts`. */
export function defineRefusal<const Code extends string>(
  declaration: Omit<RefusalDeclaration<Code>, "code"> & { readonly code: Code },
): RefusalDeclaration<Code> {
  return { ...declaration, code: declaration.code as RefusalCode<Code> };
}

/** Where it is wrong, what was expected there, what was got, and what to do. */
export interface RefusalParts {
  /** File and key, option, or file and line: `--hours`, `environments/prod.ts: devices.work`. */
  readonly where: string;
  readonly expected: string;
  readonly got: string;
  readonly remedy: string;
}

/**
 * Bad input, told in one line: `where: expected ..., got ...; remedy`. Nothing was changed when it is thrown.
 * Its `code` is in the catalogue. Where a message is composed elsewhere, it is given as a text.
 */
export class Refusal extends Error {
  override readonly name: string = "Refusal";
  readonly code: RefusalCode;

  constructor({ code }: RefusalDeclaration, words: RefusalParts | string, options?: ErrorOptions) {
    super(typeof words === "string" ? words : inOneLine(words), options);
    this.code = code;
  }
}

/** As a command prints it: `error[code]: message`. */
export function formatRefusal({ code, message }: Refusal): string {
  return `error[${code}]: ${message}`;
}

function inOneLine({ where, expected, got, remedy }: RefusalParts): string {
  return `${where}: expected ${expected}, got ${got}; ${remedy}`;
}
