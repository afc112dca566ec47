import { brotliDecompressSync } from "node:zlib";

/** A data file made by scripts/update-access-data.mjs. */
export interface CompressedText {
  /** Package and version that the text was made from. */
  readonly source: string;
  /** Hash of the text, hexadecimal. */
  readonly sha256: string;
  /** The text, compressed by brotli, in base64. */
  readonly brotli: string;
}

/** The lines of a data file, each up to its first tab as key. A few milliseconds: call once, when first needed. */
export function linesByKey(file: CompressedText): ReadonlyMap<string, string> {
  const text = brotliDecompressSync(Buffer.from(file.brotli, "base64")).toString("latin1");
  const lines = new Map<string, string>();
  for (const line of text.split("\n")) {
    const tab = line.indexOf("\t");
    lines.set(line.slice(0, tab), line.slice(tab + 1));
  }
  return lines;
}
