import { printable } from "../printable";

/**
 * Text of others inside a Markdown sentence or table cell: no markup, no HTML, no line break, and no mention. GitHub
 * looks for mentions in the rendered text, so an escape does not stop one: an invisible joiner after the `@` does.
 */
export function markdownText(text: string): string {
  return printable(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]#|~!]/g, (character) => `\\${character}`)
    .replace(/@/g, "@\u2060");
}

/** Text of others as code, in a sentence or a table cell. The fence is longer than any run of back-ticks in it. */
export function markdownCode(text: string): string {
  // a back-slash of the text would escape the one that escapes the pipe: an invisible joiner keeps them apart
  const shown = printable(text)
    .replace(/\\(?=\|)/g, "\\\u2060")
    .replace(/\|/g, "\\|");
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = shown.startsWith("`") || shown.endsWith("`") || shown.trim() === "" ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}
