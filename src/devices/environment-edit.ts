import { entriesOf, literalsOf } from "./source-text";

/** An edit of an environment file, or why a person has to make it. */
export type EnvironmentEdit =
  | { readonly kind: "edited"; readonly text: string }
  | { readonly kind: "by-hand"; readonly because: string };

/** The file without a device: its entry goes with its lines and the comments right above it. */
export function withoutDevice(text: string, device: string): EnvironmentEdit {
  const place = placeOf(text, device);
  if (typeof place === "string") return { kind: "by-hand", because: place };
  const { entry } = place;
  const lineStart = text.lastIndexOf("\n", entry.start - 1) + 1;
  const aloneInFront = text.slice(lineStart, entry.start).trim() === "";
  const comma = /^\s*,/.exec(text.slice(entry.valueEnd))?.[0].length ?? 0;
  const behind = entry.valueEnd + comma;
  const rest = /^[ \t]*(?:\/\/[^\n]*)?\r?(?:\n|$)/.exec(text.slice(behind));
  if (aloneInFront && rest !== null) {
    return {
      kind: "edited",
      text: `${text.slice(0, commentsAbove(text, lineStart))}${text.slice(behind + rest[0].length)}`,
    };
  }
  return {
    kind: "edited",
    text: `${text.slice(0, entry.start)}${text.slice(behind).replace(/^[ \t]+/, "")}`,
  };
}

/** The file with a second device that has what the first one has, under another name, right behind it. */
export function withCopyOfDevice(text: string, device: string, name: string): EnvironmentEdit {
  const place = placeOf(text, device);
  if (typeof place === "string") return { kind: "by-hand", because: place };
  const { entry, keys } = place;
  if (keys.includes(name)) return { kind: "by-hand", because: `devices has an entry "${name}" already` };
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const lineStart = text.lastIndexOf("\n", entry.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, entry.start))?.[0] ?? "";
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const copy = `,${lineEnd}${indent}${key}: ${text.slice(entry.valueStart, entry.valueEnd)}`;
  return { kind: "edited", text: `${text.slice(0, entry.valueEnd)}${copy}${text.slice(entry.valueEnd)}` };
}

function placeOf(text: string, device: string) {
  const found = literalsOf(text, "devices").flatMap((open) => {
    const entries = entriesOf(text, open);
    const entry = entries.find(({ key }) => key === device);
    return entry === undefined ? [] : [{ entry, keys: entries.map(({ key }) => key) }];
  });
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only;
  return found.length === 0
    ? `no entry "${device}" is written out under devices in the file`
    : `the file has ${found.length} entries "${device}" under devices`;
}

/** Start of the comment lines right above a line. */
function commentsAbove(text: string, lineStart: number): number {
  let start = lineStart;
  for (;;) {
    const previous = text.lastIndexOf("\n", start - 2) + 1;
    if (start === 0 || !/^\s*(?:\/\/|\/\*.*\*\/\s*$)/.test(text.slice(previous, start))) return start;
    start = previous;
  }
}
