import { defineRefusal, Refusal } from "../findings/refusal";

/** A part of somebody else's file that is ours, between two marker lines. */
export interface Block {
  /** What tells it from our other blocks: `personal work`. Letters, digits, blanks and `+=,.@_-`. */
  readonly id: string;
  /** Kept in the first marker, so that a later run finds it again: the prefix of the profiles. */
  readonly note?: string | undefined;
  readonly lines: readonly string[];
}

export const BLOCK_BROKEN = defineRefusal({
  code: "block-broken",
  title: "The markers of a generated block do not match",
  why: "What stands between the markers is replaced. With one of them missing nobody knows where it ends, and somebody's own lines could be lost.",
  example:
    '/home/alice/.aws/config:12: expected the end marker of block "personal work", got another beginning; remove what is left of the block by hand and write it again',
  remedy: "Remove what is left of the block by hand, markers included, and run the command again.",
  since: "0.2.0",
});

const BEGIN = /^# >>> iam-baseline (?<id>.+?)(?: \[(?<note>[^\]]*)\])? \(generated, do not edit\) >>>$/;
const END = /^# <<< iam-baseline (?<id>.+?) <<<$/;

/** Where a block of ours stands in a text: positions of its first character and of the one after its last. */
export interface FoundBlock {
  readonly id: string;
  readonly note: string | undefined;
  readonly start: number;
  readonly end: number;
  /** Between the markers, without their line ends. */
  readonly content: string;
}

/**
 * Every block of ours in a file.
 *
 * @param file named in the refusal
 * @throws Refusal where markers do not pair, or a block stands there twice
 */
export function blocksIn(text: string, file: string): readonly FoundBlock[] {
  const found: FoundBlock[] = [];
  let open:
    | {
        readonly id: string;
        readonly note: string | undefined;
        readonly start: number;
        readonly inside: number;
      }
    | undefined;
  let line = 0;
  for (const { content, start, next } of linesOf(text)) {
    line += 1;
    const begin = BEGIN.exec(content)?.groups;
    const end = END.exec(content)?.groups;
    const broken = (expected: string, got: string) =>
      new Refusal(BLOCK_BROKEN, {
        where: `${file}:${line}`,
        expected,
        got,
        remedy: "remove what is left of the block by hand, markers included, and write it again",
      });
    if (begin !== undefined) {
      const id = begin["id"] ?? "";
      if (open !== undefined) throw broken(`the end marker of block "${open.id}"`, "another beginning");
      if (found.some((block) => block.id === id)) throw broken("each block once", `block "${id}" again`);
      open = { id, note: begin["note"], start, inside: next };
    }
    if (end !== undefined) {
      if (open === undefined || open.id !== end["id"]) {
        throw broken(
          open === undefined ? "an end marker after its beginning" : `the end marker of block "${open.id}"`,
          `that of "${end["id"]}"`,
        );
      }
      const { id, note } = open;
      found.push({ id, note, start: open.start, end: next, content: text.slice(open.inside, start) });
      open = undefined;
    }
  }
  if (open !== undefined) {
    throw new Refusal(BLOCK_BROKEN, {
      where: `${file}:${line}`,
      expected: `the end marker of block "${open.id}"`,
      got: "the end of the file",
      remedy: "remove what is left of the block by hand, markers included, and write it again",
    });
  }
  return found;
}

/**
 * The file with the block in it: in the place of the one that is there, or behind everything else. Nothing outside of
 * the markers changes; a last line without an end gets one. The block has the line ends of the file.
 */
export function withBlock(text: string, block: Block, file: string): string {
  const existing = blocksIn(text, file).find(({ id }) => id === block.id);
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? "\n";
  const note = block.note === undefined || block.note === "" ? "" : ` [${block.note}]`;
  const lines = [
    `# >>> iam-baseline ${block.id}${note} (generated, do not edit) >>>`,
    ...block.lines,
    `# <<< iam-baseline ${block.id} <<<`,
  ];
  const written = lines.map((line) => `${line}${lineEnd}`).join("");
  if (existing === undefined) {
    const ended = text === "" || text === BOM || text.endsWith("\n") ? text : `${text}${lineEnd}`;
    return `${ended}${written}`;
  }
  const after = text.slice(existing.end);
  // the last line of a file may have had no end
  const own = after === "" && !/\n$/.test(text) ? written.slice(0, -lineEnd.length) : written;
  return `${text.slice(0, existing.start)}${own}${after}`;
}

/** The file without one of our blocks. */
export function withoutBlock(text: string, id: string, file: string): string {
  const existing = blocksIn(text, file).find((block) => block.id === id);
  return existing === undefined ? text : `${text.slice(0, existing.start)}${text.slice(existing.end)}`;
}

/** The file as it would be without any block of ours: what is somebody else's. */
export function foreignText(text: string, file: string): string {
  const blocks = blocksIn(text, file);
  let rest = "";
  let position = 0;
  for (const { start, end } of blocks) {
    // blank lines in its place, so that line numbers stay
    rest += text.slice(position, start) + text.slice(start, end).replace(/[^\n]/g, "");
    position = end;
  }
  return rest + text.slice(position);
}

/** Bytes of UTF-8's mark as characters of Latin-1, in which files are edited so that no byte of them is lost. */
const BOM = "\u00ef\u00bb\u00bf";

/** Lines with their positions; a carriage return before the line end does not count. */
function* linesOf(
  text: string,
): Generator<{ readonly content: string; readonly start: number; readonly next: number }> {
  for (let start = text.startsWith(BOM) ? BOM.length : 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline + 1;
    const content = text.slice(start, newline < 0 ? text.length : newline).replace(/\r$/, "");
    yield { content, start, next };
    start = next;
  }
}
