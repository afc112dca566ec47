import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { roleNames } from "../../aws/role-names";
import { OUTPUTS_UNREADABLE } from "../../devices/file-refusals";
import type { Holder } from "../../devices/holder";
import { environmentsOfRoles, type RoleSuffixes, suffixAmong, suffixIn } from "../../devices/role-arns";
import type { Environment } from "../../environment/environment";
import { iamPaths } from "../../environment/iam-paths";
import { Refusal } from "../../findings/refusal";
import { connect } from "../aws-account";
import type { CommandContext } from "../command";

export interface SuffixSources {
  /** Files with the outputs of identity stacks. */
  readonly outputs: readonly string[];
  /** Ask the account. */
  readonly fromAccount: boolean;
}

/**
 * What ends the role names of the environments that a device reaches: fixed in the environment, from the outputs that
 * are given, from a local state, or as the account lists its roles. What is not found is left out.
 *
 * @throws Refusal for a file that holds no role ARNs
 */
export async function roleSuffixes(
  holder: Holder,
  all: readonly Environment[],
  sources: SuffixSources,
  context: CommandContext,
): Promise<RoleSuffixes> {
  const given = sources.outputs.map((file) => roleArnsOfOutputs(file, context.directory));
  const found: Record<string, string> = {};
  for (const environment of environmentsOfRoles(holder, all)) {
    const suffix =
      environment.roleSuffix ??
      given.map((arns) => suffixIn(environment, arns)).find((one) => one !== undefined) ??
      suffixOfState(environment, context.directory) ??
      (sources.fromAccount ? await suffixOfAccount(environment, all, context) : undefined);
    if (suffix !== undefined) found[environment.name] = suffix;
  }
  return found;
}

function roleArnsOfOutputs(file: string, directory: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(resolve(directory, file), "utf8"));
  } catch (cause) {
    throw unreadable(file, (cause as NodeJS.ErrnoException).code ?? "no JSON", cause);
  }
  const arns = roleArnsIn(parsed);
  if (arns === undefined) throw unreadable(file, "JSON without them");
  return arns;
}

/** `terraform output -json`, one output of it, a state, or what `cdktf output --outputs-file` writes. */
function roleArnsIn(value: unknown, depth = 0): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== "object" || value === null || depth > 3) return undefined;
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([, arn]) => typeof arn === "string" && arn.includes(":role/"))) {
    return value as Record<string, unknown>;
  }
  for (const key of ["role_arns", "value", "outputs"]) {
    const inner = roleArnsIn((value as Record<string, unknown>)[key], depth + 1);
    if (inner !== undefined) return inner;
  }
  if (depth > 0) return undefined;
  const stacks = entries
    .map(([, stack]) => roleArnsIn(stack, depth + 1))
    .filter((arns) => arns !== undefined);
  return stacks.length === 0 ? undefined : Object.assign({}, ...stacks);
}

function suffixOfState(environment: Environment, directory: string): string | undefined {
  const { backend, name } = environment;
  if (backend.type !== "local") return undefined;
  const file = join(resolve(directory, backend.directory), `${name}-identity.tfstate`);
  if (!existsSync(file)) return undefined;
  try {
    const state = JSON.parse(readFileSync(file, "utf8")) as unknown;
    const arns = roleArnsIn(state);
    return arns === undefined ? undefined : suffixIn(environment, arns);
  } catch (cause) {
    throw unreadable(file, "a state that is no JSON", cause);
  }
}

async function suffixOfAccount(
  environment: Environment,
  all: readonly Environment[],
  context: CommandContext,
): Promise<string | undefined> {
  const account = await connect(all, [environment.name], context);
  try {
    return suffixAmong(environment, await roleNames(account.iam, iamPaths(environment.namespace).root));
  } finally {
    account.close();
  }
}

function unreadable(file: string, got: string, cause?: unknown): Refusal {
  return new Refusal(
    OUTPUTS_UNREADABLE,
    {
      where: `--outputs ${file}`,
      expected: "the outputs of an identity stack with role_arns",
      got,
      remedy: "write it by terraform -chdir=cdktf.out/stacks/<environment>-identity output -json > FILE",
    },
    { cause },
  );
}
