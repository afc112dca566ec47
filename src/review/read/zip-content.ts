import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";

/** A file of an archive, with the digest of what is in it. */
export interface ZippedFile {
  readonly name: string;
  readonly sha256: string;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
/** The end record with the longest comment. */
const LONGEST_END = 22 + 0xffff;
/** Unpacked bytes of one archive: a Lambda function has at most 250 MB. */
const LARGEST = 300 * 1024 * 1024;

/**
 * Names and contents of the files of a zip, in order of their names: what decides, whatever packed it. Nothing for bytes
 * that are no zip, or one that is not as the format says.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zipContent(bytes: Buffer): readonly ZippedFile[] | undefined {
  try {
    const end = endOfDirectory(bytes);
    if (end === undefined) return undefined;
    const files: ZippedFile[] = [];
    let unpacked = 0;
    for (let at = bytes.readUInt32LE(end + 16), left = bytes.readUInt16LE(end + 10); left > 0; left--) {
      if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return undefined;
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
        bytes.readUInt16LE(at + offset),
      ) as [number, number, number];
      const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
      unpacked += bytes.readUInt32LE(at + 24);
      if (unpacked > LARGEST) return undefined;
      files.push({ name, sha256: createHash("sha256").update(contentAt(bytes, at)).digest("hex") });
      at += 46 + nameLength + extraLength + commentLength;
    }
    return files.sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

function endOfDirectory(bytes: Buffer): number | undefined {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - LONGEST_END); at--) {
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  return undefined;
}

function contentAt(bytes: Buffer, entry: number): Uint8Array {
  const [method, size, local] = [
    bytes.readUInt16LE(entry + 10),
    bytes.readUInt32LE(entry + 20),
    bytes.readUInt32LE(entry + 42),
  ];
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(start, start + size);
  return method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: LARGEST });
}
