/** Text of comments and issues. What reports quote was written by others, and reports may come from a pull request's code. */

/** GitHub refuses a body of more characters. Some room is left for what GitHub itself might count differently. */
export const BODY_LIMIT = 65_536;
const ROOM = 1_024;

const CUT = "\n\n_Shortened: the whole report is in the summary and the artifacts of the workflow run._\n";

/** An HTML comment, which nobody sees, by which a later run finds its own text again. */
export function marker(name) {
  if (!/^[a-z0-9:.-]+$/.test(name))
    throw new Error(`marker: expected a-z0-9:.-, got ${JSON.stringify(name)}`);
  return `<!-- iam-baseline-${name} -->`;
}

/**
 * One body from a marker and the parts below it. Each part begins with its verdict; where all of them do not fit, every
 * part keeps its beginning, the room that short parts leave goes to the long ones.
 */
export function commentBody(markerText, parts, limit = BODY_LIMIT) {
  const clean = parts.map(harmless).filter((part) => part !== "");
  let room = limit - ROOM - markerText.length;
  const allowance = new Map();
  // shortest first: what they leave is shared by the others
  const byLength = clean.map((_, index) => index).sort((a, b) => clean[a].length - clean[b].length);
  byLength.forEach((index, position) => {
    const share = Math.floor(room / (byLength.length - position));
    const used = Math.min(clean[index].length + 2, share);
    allowance.set(index, used);
    room -= used;
  });
  return `${markerText}\n${clean.map((part, index) => shortened(part, allowance.get(index) - 2)).join("\n\n")}\n`;
}

/** A text of at most `limit` characters, cut at the end of a line, with what it left open closed. */
export function shortened(text, limit) {
  if (text.length <= limit) return text;
  const room = Math.max(0, limit - CUT.length - 64);
  const cut = text.slice(0, room);
  const lineEnd = cut.lastIndexOf("\n");
  // half a surrogate pair is no character
  const whole = (lineEnd > room / 2 ? cut.slice(0, lineEnd) : cut).replace(/[\ud800-\udbff]$/, "");
  const fence = openFence(whole);
  const open = count(whole, /<details\b/gi) - count(whole, /<\/details>/gi);
  return `${whole}${fence === "" ? "" : `\n${fence}`}${"\n</details>".repeat(Math.min(Math.max(0, open), 3))}${CUT}`;
}

/** Tags that reports write themselves, without attributes; everything else is shown as text. */
const TAG = /<(?!\/?(?:details|summary|br|sub|code|pre|b)\s*\/?>|details open>)(?=[a-z/!?])/gi;
/** Pages that reports refer to themselves. */
const OWN_PAGES = "docs\\.aws\\.amazon\\.com/|developer\\.hashicorp\\.com/|docs\\.github\\.com/";
const LINK = new RegExp(`\\](\\s*)([(:])(?!#|\\s|https://(?:${OWN_PAGES}))(?=\\S)`, "g");
const URL = new RegExp(`\\b(https?|ftp):(?=//)(?!//(?:${OWN_PAGES}))|\\bwww\\.(?=\\w)`, "gi");

/**
 * No control character, no marker of ours, no mention, no whole access key id; no image, no HTML but what reports write,
 * and no link but to the pages that they refer to: what they quote was written by others.
 */
function harmless(text) {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "")
      .replace(/<!--\s*iam-baseline[^>]*-->/gi, "")
      .replace(/\b(AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{8,}([A-Z0-9]{4})\b/g, "****$2")
      .replace(TAG, "&lt;")
      .replace(/!(?=\[)/g, "!\u2060")
      .replace(LINK, "]\u2060$1$2")
      .replace(URL, (match) => `${match}\u2060`)
      .replace(/@(?=[A-Za-z0-9])/g, "@\u2060")
      .trim()
  );
}

function openFence(text) {
  let open = "";
  for (const line of text.split("\n")) {
    const [, fence = ""] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === "") continue;
    if (open === "") open = fence;
    else if (fence[0] === open[0] && fence.length >= open.length) open = "";
  }
  return open;
}

function count(text, pattern) {
  return [...text.matchAll(pattern)].length;
}
