/**
 * The text of a file, whatever wrote it: UTF-8, or UTF-16 as PowerShell's `>` writes it, with or without a byte order
 * mark. Nothing for bytes that are text in none of them.
 *
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
 */
export function decodedText(bytes: Uint8Array): string | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) return undefined;
  if (first === 0xff && second === 0xfe) return decoded("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return decoded("utf-16be", bytes);
  // JSON begins with an ASCII character: a zero beside it tells the encoding
  if (first !== 0 && second === 0 && bytes.length > 1) return decoded("utf-16le", bytes);
  if (first === 0 && second !== 0) return decoded("utf-16be", bytes);
  return decoded("utf-8", bytes);
}

function decoded(encoding: "utf-8" | "utf-16le" | "utf-16be", bytes: Uint8Array): string | undefined {
  try {
    if (encoding !== "utf-16be") return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // Node.js builds without full ICU have no big-endian decoder
    return new TextDecoder("utf-16le", { fatal: true }).decode(swapped(bytes));
  } catch {
    return undefined;
  }
}

function swapped(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 2 !== 0) throw new RangeError("half a character");
  return Buffer.from(bytes).swap16();
}
