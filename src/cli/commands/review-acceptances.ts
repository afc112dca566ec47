import { readFileSync } from "node:fs";
import * as z from "zod";
import { ACCEPTANCE_INVALID } from "../../catalogue/commands/option-refusals";
import { acceptanceSchema } from "../../environment/acceptance-schema";
import type { Acceptance } from "../../findings/acceptance";
import { reasonOf } from "../../findings/describe-error";
import { Refusal } from "../../findings/refusal";
import { projectEnvironments } from "../project-environments";

const fileSchema = z.array(acceptanceSchema.extend({ environment: z.string().min(1).optional() }));

/**
 * Accepted exceptions of a file, by environment; one without an environment holds for all.
 *
 * @throws Refusal saying what is wrong in the file
 */
export function readAcceptances(
  file: string,
  environments: readonly string[],
): ReadonlyMap<string, readonly Acceptance[]> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Refusal(
      ACCEPTANCE_INVALID,
      {
        where: `--accepted ${file}`,
        expected: "JSON with accepted exceptions",
        got: reasonOf(cause),
        remedy:
          'correct the path, or write [{"finding", "subject", "reason", "expires": "YYYY-MM-DD", "environment"?}]',
      },
      { cause },
    );
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal(
      ACCEPTANCE_INVALID,
      `${file}: ${issue?.path.join(".") || "file"}: ${issue?.message}; write [{"finding", "subject", "reason", "expires": "YYYY-MM-DD", "environment"?}]`,
    );
  }
  return new Map(
    environments.map((name) => [
      name,
      parsed.data.filter(({ environment }) => environment === undefined || environment === name),
    ]),
  );
}

/** What the environments of a project accept. It runs the project's code: give it the base, never an unreviewed change. */
export async function projectAcceptances(
  folder: string,
  now: Date,
): Promise<ReadonlyMap<string, readonly Acceptance[]>> {
  const environments = await projectEnvironments(now, folder);
  return new Map(environments.map(({ name, accepted }) => [name, accepted]));
}
