import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PROJECT_MISSING } from "../catalogue/commands/account-refusals";
import type { Environment, EnvironmentInput } from "../environment/environment";
import { loadFault } from "../environment/load-fault";
import { UNKNOWN_NAME } from "../environment/rules/unknown-name";
import { suggestion } from "../findings/nearest-name";
import { Refusal } from "../findings/refusal";
import { ENVIRONMENTS_MISSING, validateBaseline } from "../proofs/validate-baseline";

/**
 * The validated environments of the project in a folder: what its `environments/index.ts` (or `.js`) exports as
 * `environments`.
 *
 * @throws Refusal where there are none
 * @throws InvalidEnvironmentsError where something is wrong in them
 */
export async function projectEnvironments(
  now: Date,
  folder = process.cwd(),
): Promise<readonly Environment[]> {
  return validateBaseline(await projectInputs(folder), now);
}

/** The file that lists a project's environments; nothing where there is none. */
export function environmentsIndex(folder: string): string | undefined {
  return ["index.ts", "index.js", "index.mjs"]
    .map((name) => resolve(folder, join("environments", name)))
    .find((path) => existsSync(path));
}

/**
 * The environments as they are written, before anything is asked of them.
 *
 * @throws Refusal where there are none
 */
export async function projectInputs(folder: string): Promise<readonly EnvironmentInput[]> {
  const file = environmentsIndex(folder);
  if (file === undefined) {
    throw new Refusal(
      PROJECT_MISSING,
      `${folder}: a project has a file environments/index.ts that exports \`environments\`, got none; run the command in the project's folder`,
    );
  }
  const { environments } = (await loadModule(file, folder)) as { environments?: readonly EnvironmentInput[] };
  if (!Array.isArray(environments)) {
    throw new Refusal(ENVIRONMENTS_MISSING, {
      where: file,
      expected: "`export const environments = [...]`",
      got: "no such export",
      remedy: "add it",
    });
  }
  return environments as readonly EnvironmentInput[];
}

/** In a checkout tsx runs already; an installed command loads it for the one file that is TypeScript. */
async function loadModule(file: string, folder: string): Promise<unknown> {
  try {
    if (!file.endsWith(".ts")) return await import(file);
    const { require: requireTypescript } = await import("tsx/cjs/api");
    return requireTypescript(file, __filename);
  } catch (cause) {
    throw loadFault(cause, {
      file,
      folder, // tsx adds a query to what it loads anew
      read: (path) => readFileSync(path.replace(/\?.*$/, ""), "utf8"),
    });
  }
}

/** The environments of these names, or all; every name must be one. */
export function selectedEnvironments(
  all: readonly Environment[],
  names: readonly string[],
): readonly Environment[] {
  const known = all.map(({ name }) => name);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    throw new Refusal(
      UNKNOWN_NAME,
      `environment "${wrong}": expected one that environments/index.ts lists; ${suggestion(wrong, known, "declare one")}`,
    );
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}
