import * as z from "zod";

/** What a preset was given and cannot use: told by the validation, with everything else that is wrong. */
export interface PresetFault {
  /** `dailyRole`. */
  readonly preset: string;
  readonly issue: z.core.$ZodIssue;
  /** Of the settings, for their descriptions and keys. */
  readonly schema: z.ZodType;
  /** What was given. */
  readonly settings: unknown;
}

/** On what a preset returns. A symbol: no key of an environment, and kept by `{ ...dailyRole() }`. */
const FAULTS = Symbol("faults of a preset");

/**
 * Reads what is given to a preset: its own settings, checked, and the others, which are settings of what it makes.
 *
 * @param own schema of the preset's own settings, each with a default
 * @param made schema of what it makes: its keys are settings, too
 */
export function presetSettings<Own extends z.ZodObject>(
  preset: string,
  own: Own,
  made: z.ZodObject,
  settings: object,
): {
  readonly own: z.output<Own>;
  /** Puts what was wrong on what the preset returns. */
  readonly mark: <Result extends object>(result: Result) => Result;
} {
  const schema = z.strictObject({ ...made.shape, ...own.shape });
  const parsed = own.safeParse(settings);
  const unknown = Object.keys(settings).filter((key) => !(key in schema.shape));
  const issues: readonly z.core.$ZodIssue[] = [
    ...(parsed.error?.issues ?? []),
    ...(unknown.length === 0
      ? []
      : [
          {
            code: "unrecognized_keys" as const,
            keys: unknown,
            path: [],
            message: "",
            input: { ...settings },
          },
        ]),
  ];
  const faults = issues.map((issue): PresetFault => ({ preset, issue, schema, settings }));
  return {
    own: parsed.data ?? own.parse({}),
    mark: (result) => {
      const known = Object.entries(result).filter(([key]) => !unknown.includes(key));
      return {
        ...(Object.fromEntries(known) as typeof result),
        ...(faults.length > 0 && { [FAULTS]: faults }),
      };
    },
  };
}

/** What a preset could not use when it made this. */
export function presetFaults(made: unknown): readonly PresetFault[] {
  return (made as { readonly [FAULTS]?: readonly PresetFault[] } | null | undefined)?.[FAULTS] ?? [];
}
