import { environmentFile } from "../environment/source-file";
import type { Block } from "./block";
import type { Holder } from "./holder";
import type { ConfigTarget, Profile } from "./profile";

export interface BlockSettings {
  readonly target: ConfigTarget;
  readonly prefix: string;
  /** Of this package. */
  readonly version: string;
  /** Seconds that a session with MFA lasts. */
  readonly seconds: number;
}

/** What tells the block of a device from all others. */
export function blockId({ environment, name }: Holder): string {
  return `${environment.name} ${name}`;
}

/** The part of `~/.aws/config` that is a device's, with a header that says where it came from. It holds no secret. */
export function configBlock(holder: Holder, profiles: readonly Profile[], settings: BlockSettings): Block {
  const { target, prefix, version, seconds } = settings;
  const again = `iam-baseline device config ${holder.name} --environment ${holder.environment.name} --for ${target} --write`;
  return {
    id: blockId(holder),
    note: prefix === "" ? undefined : `prefix ${prefix}`,
    lines: [
      `# From ${environmentFile(holder.environment.name)} by iam-baseline ${version}. To write it again: ${again}`,
      `# A session with MFA lasts ${seconds} s: after that a code is asked for.`,
      ...profiles.flatMap(({ name, comment, settings: own }) => [
        `# ${comment}`,
        `[profile ${name}]`,
        ...own.map(([key, value]) => `${key} = ${value}`),
        "",
      ]),
    ].slice(0, -1),
  };
}

/** The prefix that an existing block was written with. */
export function prefixIn(note: string | undefined): string {
  return /^prefix (?<prefix>\S+)$/.exec(note ?? "")?.groups?.["prefix"] ?? "";
}

/** The seconds that the sessions of an existing block last. */
export function secondsIn(content: string): number | undefined {
  const seconds = /^# A session with MFA lasts (?<seconds>\d+) s:/m.exec(content)?.groups?.["seconds"];
  return seconds === undefined ? undefined : Number(seconds);
}
