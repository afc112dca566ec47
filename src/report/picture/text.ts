import { redact } from "../../findings/mask";
import { printable } from "../../findings/printable";

const NARROW = /[iljtfr.,:;'|!/()[\] -]/;
const WIDE = /[mwMW@%\u2264]/;
const CAPITAL = /[A-Z0-9_*&]/;

/** About how wide a text is in a common sans serif font, in units of the font size. Errs on the wide side. */
export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const character of text) {
    if (NARROW.test(character)) sum += 0.36;
    else if (WIDE.test(character)) sum += 0.9;
    else if (CAPITAL.test(character)) sum += 0.66;
    else sum += (character.codePointAt(0) ?? 0) > 0x2e80 ? 1.05 : 0.57;
  }
  return sum * size * 1.05;
}

/** Lines of a text that fit into a width; at most `most` lines, the last one cut with an ellipsis. */
export function fittedLines(text: string, width: number, size: number, most = 3): readonly string[] {
  const lines: string[] = [];
  let rest = clean(text);
  while (rest !== "" && lines.length < most) {
    const cut = lines.length === most - 1 ? rest.length : cutAt(rest, width, size);
    lines.push(ellipsis(rest.slice(0, cut).trim(), width, size));
    rest = rest.slice(cut).trimStart();
  }
  return lines;
}

/** A text as it is drawn: nothing invisible, no key id, nothing that XML does not take. */
export function clean(text: string): string {
  return printable(redact(text)).replace(/[\p{Cs}\uFFFE\uFFFF]/gu, "\uFFFD");
}

export function escapeXml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

function ellipsis(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  let kept = [...text];
  while (kept.length > 1 && textWidth(`${kept.join("")}\u2026`, size) > width) kept = kept.slice(0, -1);
  return `${kept.join("")}\u2026`;
}

/** Where a line ends: at a blank, after a character at which a name may break, or where it must. */
function cutAt(text: string, width: number, size: number): number {
  if (textWidth(text, size) <= width) return text.length;
  let end = 0;
  let good = 0;
  for (const character of text) {
    if (textWidth(text.slice(0, end + character.length), size) > width) break;
    end += character.length;
    const next = text[end];
    if (next === " " || /[-/:,.]/.test(character)) good = end;
  }
  return good > end * 0.4 ? good : Math.max(1, end);
}
