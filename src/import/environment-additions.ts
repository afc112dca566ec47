import type { EnvironmentEdit } from "../devices/environment-edit";
import { closing, entriesOf, lastCode } from "../devices/source-text";
import type { Acceptance } from "../findings/acceptance";
import type { DraftExisting } from "./draft";
import { entrySource } from "./environment-source";
import { type Comments, words } from "./source-words";

/** What a run finds that the environment's file does not have yet. */
export interface Additions {
  readonly existing: DraftExisting;
  readonly comments: Comments;
  readonly accepted: readonly Acceptance[];
  /** Above each exception, in their order: what mends it. */
  readonly steps: readonly string[];
  /** Name of the environment whose file of imports has to be read, where it is not yet. */
  readonly importsOf?: string;
}

const KINDS = ["users", "groups", "roles", "policies"] as const;

/**
 * The environment's file with what is new, and everything else as it stands: comments, order and every edit of a person.
 * A file whose form it cannot follow is left for the person.
 */
export function withAdditions(text: string, additions: Additions): EnvironmentEdit {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  try {
    let edited = text.replaceAll("\r\n", "\n");
    for (const kind of KINDS) {
      const added = Object.entries<unknown>(additions.existing[kind]);
      if (added.length === 0) continue;
      edited = inRecord(edited, ["existing", kind], (indent) =>
        added
          .map(([name, value]) =>
            entrySource(name, value, indent, additions.comments[`existing.${kind}.${name}`]),
          )
          .join(""),
      );
    }
    if (additions.accepted.length > 0) edited = withAccepted(edited, additions);
    if (additions.importsOf !== undefined) edited = withImports(edited, additions.importsOf);
    return { kind: "edited", text: edited.replaceAll("\n", lineEnd) };
  } catch (error) {
    if (error instanceof Unfollowable) return { kind: "by-hand", because: error.message };
    throw error;
  }
}

class Unfollowable extends Error {}

/** The position of the brace that opens the environment. */
function environmentOpen(text: string): number {
  const found = [...text.matchAll(/\bdefineEnvironment\(\s*\{/g)];
  const [only] = found;
  if (found.length !== 1 || only === undefined) {
    throw new Unfollowable(`the file has ${found.length} calls of defineEnvironment({ ... }), not one`);
  }
  return only.index + only[0].length - 1;
}

/** Adds to a record of the environment, and makes the records on the way to it where they are not there. */
function inRecord(text: string, path: readonly string[], entries: (indent: number) => string): string {
  let open = environmentOpen(text);
  for (const [depth, key] of path.entries()) {
    const entry = entriesOf(text, open).find((one) => one.key === key);
    if (entry === undefined) {
      const missing = path.slice(depth);
      return appended(text, open, (indent) => nested(missing, indent, entries));
    }
    if (text[entry.valueStart] !== "{") {
      throw new Unfollowable(`${path.slice(0, depth + 1).join(".")} is not written out in the file`);
    }
    open = entry.valueStart;
  }
  return appended(text, open, entries);
}

function nested(keys: readonly string[], indent: number, entries: (indent: number) => string): string {
  const [key, ...rest] = keys;
  if (key === undefined) return entries(indent);
  const margin = " ".repeat(indent);
  return `${margin}${key}: {\n${nested(rest, indent + 2, entries)}${margin}},\n`;
}

/** Puts lines before the bracket that closes the one here, behind a comma. */
function appended(text: string, open: number, lines: (indent: number) => string): string {
  const end = closing(text, open);
  const last = lastCode(text, open, end);
  const comma = last === open || text[last] === "," ? "" : ",";
  const withComma = `${text.slice(0, last + 1)}${comma}${text.slice(last + 1, end)}`;
  const start = withComma.lastIndexOf("\n") + 1;
  const own = withComma.slice(start);
  const openLine = text.slice(text.lastIndexOf("\n", open) + 1, open);
  const indent = (/^[ \t]*/.exec(openLine)?.[0] ?? "").length;
  if (own.trim() === "" && start > open) {
    return `${withComma.slice(0, start)}${lines(indent + 2)}${own}${text.slice(end)}`;
  }
  return `${withComma.trimEnd()}\n${lines(indent + 2)}${" ".repeat(indent)}${text.slice(end)}`;
}

function withAccepted(text: string, { accepted, steps }: Additions): string {
  const lines = (indent: number) =>
    accepted
      .map((one, index) => {
        const margin = " ".repeat(indent);
        const step = steps[index];
        return `${step === undefined ? "" : `${margin}// ${step}\n`}${margin}${words(one, indent)},\n`;
      })
      .join("");
  const open = environmentOpen(text);
  const entry = entriesOf(text, open).find(({ key }) => key === "accepted");
  if (entry === undefined) {
    return appended(text, open, (indent) => {
      const margin = " ".repeat(indent);
      return `${margin}accepted: [\n${lines(indent + 2)}${margin}],\n`;
    });
  }
  if (text[entry.valueStart] !== "[") throw new Unfollowable("accepted is not written out in the file");
  return appended(text, entry.valueStart, lines);
}

function withImports(text: string, name: string): string {
  const open = environmentOpen(text);
  const line = `import { imports } from "./${name}.imports";\n`;
  if (text.includes(line.trim())) return text;
  const body = `${text.slice(0, open + 1)}\n  imports,${text.slice(open + 1)}`;
  const last = [...body.matchAll(/^import [^;]*;\n/gm)].at(-1);
  const at = last === undefined ? 0 : last.index + last[0].length;
  return `${body.slice(0, at)}${line}${body.slice(at)}`;
}

/** `environments/index.ts` with one environment more. */
export function withListedEnvironment(text: string, file: string, variable: string): EnvironmentEdit {
  const found = [...text.matchAll(/\benvironments\b[^=\n]*=\s*\[/g)];
  const [only] = found;
  if (found.length !== 1 || only === undefined) {
    return { kind: "by-hand", because: "the file has no `environments = [...]` that is written out" };
  }
  const open = only.index + only[0].length - 1;
  const end = closing(text, open);
  const last = lastCode(text, open, end);
  const comma = last === open ? "" : text[last] === "," ? " " : ", ";
  const body = `${text.slice(0, last + 1)}${comma}${variable}${text.slice(last + 1)}`;
  const imported = [...body.matchAll(/^import [^;]*;\r?\n/gm)].at(-1);
  const at = imported === undefined ? 0 : imported.index + imported[0].length;
  return {
    kind: "edited",
    text: `${body.slice(0, at)}import { ${variable} } from "./${file}";\n${body.slice(at)}`,
  };
}
