import { defineRefusal, Refusal } from "../findings/refusal";
import { type Block, blocksIn, foreignText, withBlock } from "./block";
import type { Profile } from "./profile";

export const CONFIG_MALFORMED = defineRefusal({
  code: "config-malformed",
  title: "The configuration file is none that the AWS CLI reads",
  why: "A file with a broken line is refused as a whole by the AWS CLI and the SDKs: profiles that are added to it would not be found.",
  example:
    "/home/alice/.aws/config:3: expected [section], key = value or a comment, got a heading without ]; correct the line",
  remedy: "Correct the line by hand; nothing was written.",
  since: "0.2.0",
});

export const PROFILE_TAKEN = defineRefusal({
  code: "profile-taken",
  title: "A profile of that name is there already, and is not ours",
  why: "Of two profiles with one name programs take the first, the last or both together, or refuse the file.",
  example:
    "/home/alice/.aws/config:7: expected no profile called personal outside of the generated block, got one; remove it, or write ours with --prefix work-",
  remedy: "Remove or rename the profile, or write ours with another name by `--prefix`.",
  since: "0.2.0",
});

/** Sections outside of our blocks, with their lines, counted from 1. */
export interface ForeignSection {
  /** As programs know it: `default`, `personal`. Sections of other kinds (`sso-session x`) keep their word. */
  readonly name: string;
  readonly line: number;
}

/**
 * The configuration with the profiles of one device in it, as a block of ours.
 *
 * @param text the file as Latin-1, so that every byte of it comes back
 * @param file named in refusals
 * @throws Refusal for a file that programs cannot read, for markers that do not match, and where a profile's name is taken
 */
export function withProfiles(
  text: string,
  { block, profiles, prefixes }: ProfilesToWrite,
  file: string,
): string {
  const foreign = foreignSections(text, file);
  const ours = blocksIn(text, file)
    .filter(({ id }) => id !== block.id)
    .flatMap(({ content, start }) =>
      // the block begins with its marker
      sectionsOf(content).map(({ name, line }) => ({ name, line: lineAt(text, start) + 1 + line })),
    );
  const names = new Set(profiles.map(({ name }) => name));
  const taken = [...foreign, ...ours].find(({ name }) => names.has(name));
  if (taken !== undefined) {
    throw new Refusal(PROFILE_TAKEN, {
      where: `${file}:${taken.line}`,
      expected: `no profile called ${taken.name} outside of the generated block "${block.id}"`,
      got: "one",
      remedy: `remove it, or write ours with --prefix ${freePrefix(prefixes, profiles, [...foreign, ...ours])}`,
    });
  }
  return withBlock(text, block, file);
}

export interface ProfilesToWrite {
  readonly block: Block;
  readonly profiles: readonly Profile[];
  /** Prefixes to offer where a name is taken, best first. */
  readonly prefixes: readonly string[];
}

function freePrefix(
  prefixes: readonly string[],
  profiles: readonly Profile[],
  taken: readonly ForeignSection[],
): string {
  const names = new Set(taken.map(({ name }) => name));
  const isFree = (prefix: string) => profiles.every(({ name }) => !names.has(`${prefix}${name}`));
  return [...prefixes, "baseline-"].find(isFree) ?? "another-";
}

/**
 * The sections of a file that are somebody else's.
 *
 * @throws Refusal where a line is none that the AWS CLI reads
 */
export function foreignSections(text: string, file: string): readonly ForeignSection[] {
  const malformed = (line: number, got: string, remedy = "correct the line") =>
    new Refusal(CONFIG_MALFORMED, {
      where: `${file}:${line}`,
      expected: "[section], key = value or a comment",
      got,
      remedy,
    });
  if (text.includes("\0")) throw malformed(1, "a text that is not UTF-8", "save the file as UTF-8");
  const rest = foreignText(text, file).replace(/^\u00ef\u00bb\u00bf/, "");
  let section: string | undefined;
  let previous = false;
  const blockEnds = new Set(blocksIn(text, file).map(({ end }) => lineAt(text, end)));
  let afterBlock = false;
  for (const [index, line] of rest
    .split("\n")
    .map((one) => one.replace(/\r$/, ""))
    .entries()) {
    if (blockEnds.has(index)) afterBlock = true;
    if (/^\s*$/.test(line) || /^\s*[#;]/.test(line)) continue;
    if (line.startsWith("[")) {
      if (!/^\[[^\]]+\]/.test(line)) throw malformed(index + 1, "a heading without ]");
      section = line;
      previous = false;
      afterBlock = false;
      continue;
    }
    // an indented line goes on with the value before it
    if (/^\s/.test(line) && previous) continue;
    if (afterBlock) {
      throw malformed(
        index + 1,
        "a setting behind the generated block, which would belong to the block's last profile",
        "move it into its own section",
      );
    }
    if (section === undefined) throw malformed(index + 1, "a setting before the first section");
    if (!/[=:]/.test(line)) throw malformed(index + 1, "a line without =");
    previous = true;
  }
  return sectionsOf(rest);
}

function sectionsOf(text: string): readonly ForeignSection[] {
  return text.split("\n").flatMap((line, index) => {
    const heading = /^\[(?<heading>[^\]]+)\]/.exec(line)?.groups?.["heading"];
    return heading === undefined ? [] : [{ name: profileName(heading), line: index + 1 }];
  });
}

/** As botocore reads a heading: split as a shell does, the word `profile` taken off. */
function profileName(heading: string): string {
  const words = [...heading.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
  return words.length === 2 && words[0] === "profile" ? (words[1] ?? "") : words.join(" ");
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length - 1;
}
