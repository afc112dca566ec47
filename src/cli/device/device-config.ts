import { resolve } from "node:path";
import { blocksIn, withBlock } from "../../devices/block";
import { blockId, configBlock, prefixIn, secondsIn } from "../../devices/config-block";
import { withProfiles } from "../../devices/config-file";
import type { Holder } from "../../devices/holder";
import type { ConfigTarget, Profile } from "../../devices/profile";
import { profilesOf, sessionSeconds } from "../../devices/profiles";
import { type AssumedRole, assumedRoles } from "../../devices/role-arns";
import { type Shell, sessionVariables, variableLines } from "../../devices/session-variables";
import type { Environment } from "../../environment/environment";
import type { CommandContext } from "../command";
import { awsConfigFile, readOwnFile, untilded, writeOwnFile } from "./own-file";
import { roleSuffixes, type SuffixSources } from "./role-suffixes";

export interface DeviceConfigRequest extends SuffixSources {
  readonly target: ConfigTarget;
  /** Put before the profiles' names; absent: as the existing block has it. */
  readonly prefix: string | undefined;
  readonly credentialProcess: boolean;
  readonly write: boolean;
  /** A shell's start file that gets the variables of aws-vault. */
  readonly variablesFile: string | undefined;
  readonly shell: Shell;
}

/** The configuration of one device, and what became of it. */
export interface DeviceConfig {
  readonly device: string;
  readonly environment: string;
  readonly file: string;
  readonly profiles: readonly Profile[];
  /** The block as text, markers included. */
  readonly text: string;
  /** Environment variables for aws-vault; none for other programs. */
  readonly variables: Readonly<Record<string, string>>;
  readonly variableLines: readonly string[];
  readonly variablesFile?: string;
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
}

/**
 * Makes the profiles of a device and, where asked for, writes them. Both files are worked out before the first is
 * written: a refusal leaves everything as it was.
 *
 * @throws Refusal
 */
export async function deviceConfig(
  holder: Holder,
  all: readonly Environment[],
  request: DeviceConfigRequest,
  context: CommandContext,
): Promise<DeviceConfig> {
  const file = awsConfigFile(context);
  const text = readOwnFile(file);
  const existing = blocksIn(text, file).find(({ id }) => id === blockId(holder));
  const prefix = request.prefix ?? prefixIn(existing?.note);
  const suffixes = await roleSuffixes(holder, all, request, context);
  const roles = assumedRoles(holder, all, suffixes, `device config ${holder.name}`);
  const profiles = profilesOf(holder, roles, { ...request, prefix });
  const block = configBlock(holder, profiles, {
    target: request.target,
    prefix,
    version: context.version,
    seconds: sessionSeconds(roles),
  });
  const prefixes = [`${holder.name}-`, `${holder.owner.replace(/[^A-Za-z0-9._-]/g, "")}-`];
  const written = withProfiles(text, { block, profiles, prefixes }, file);
  const variables =
    request.target === "aws-vault" ? sessionVariables(strictestSession(written, file, roles)) : {};
  const lines = variableLines(variables, request.shell);
  const changes: { readonly file: string; readonly before: string; readonly after: string }[] = [
    { file, before: text, after: written },
  ];
  if (request.variablesFile !== undefined && lines.length > 0) {
    const place = resolve(context.directory, untilded(request.variablesFile, context.environmentVariables));
    const before = readOwnFile(place);
    changes.push({ file: place, before, after: withBlock(before, { id: "aws-vault", lines }, place) });
  }
  const changed = changes.filter(({ before, after }) => before !== after);
  if (request.write) for (const { file: place, after } of changed) writeOwnFile(place, after);
  return {
    device: holder.name,
    environment: holder.environment.name,
    file,
    profiles,
    text: withBlock("", block, file),
    variables,
    variableLines: lines,
    ...(changes[1] && { variablesFile: changes[1].file }),
    changed: changed.map((change) => change.file),
    unchanged: changes.filter(({ before, after }) => before === after).map((change) => change.file),
  };
}

/** The variables hold for every profile of a shell: the strictest of all our blocks decides. */
function strictestSession(text: string, file: string, roles: readonly AssumedRole[]): number {
  const others = blocksIn(text, file).flatMap(({ content }) => secondsIn(content) ?? []);
  return Math.min(sessionSeconds(roles), ...others);
}
