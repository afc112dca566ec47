/** One section of `~/.aws/config`. */
export interface Profile {
  /** Without the word `profile`. */
  readonly name: string;
  /** What it is, in one line above the section; no secret. */
  readonly comment: string;
  readonly settings: readonly (readonly [key: string, value: string])[];
}

/** The program that reads the profiles. */
export const CONFIG_TARGETS = ["aws-vault", "cli", "granted"] as const;

export type ConfigTarget = (typeof CONFIG_TARGETS)[number];
