/**
 * What is declared of a refusal, once: an error that a user can cause, under a code that does not change with its
 * words. `docs/errors.md` and `baseline explain CODE` come from it.
 */
export interface RefusalDeclaration<Code extends string = string> {
  /** Kebab-case and stable. Unique among refusals and rules. */
  readonly code: Code;
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

export function defineRefusal<const Code extends string>(
  declaration: RefusalDeclaration<Code>,
): RefusalDeclaration<Code> {
  return declaration;
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
 * Its `code` is in the catalogue.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;

  constructor(
    { code }: RefusalDeclaration,
    { where, expected, got, remedy }: RefusalParts,
    options?: ErrorOptions,
  ) {
    super(`${where}: expected ${expected}, got ${got}; ${remedy}`, options);
    this.code = code;
  }
}
