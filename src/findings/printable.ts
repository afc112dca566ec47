import { redact } from "./mask";

/** Controls, characters that reorder or hide text, and line separators: nothing a name needs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text of others as a terminal may show it: controls are written out (`\u001b`), so that no text steers it. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter);
}

/** JSON of a value, in which the characters that `JSON.stringify` lets through are escaped as well. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNPRINTABLE, (character) =>
    character === "\n" ? character : escapeCharacter(character),
  );
}

export interface Disclosure {
  /** Print account ids. Off: twelve digits become twelve X. @default false */
  readonly showAccountIds?: boolean;
}

/** Applies `disclosure` to a text, and masks unique ids in any case. */
export function disclose(text: string, { showAccountIds = false }: Disclosure): string {
  const redacted = redact(text);
  return showAccountIds ? redacted : redacted.replace(/(?<!\d)\d{12}(?!\d)/g, "XXXXXXXXXXXX");
}

/** In UTF-16 units, as JSON writes them. */
function escapeCharacter(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
