import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { zipContent } from "./zip-content";

/** What Terraform and cdktf leave behind when they run in the folder: no part of what was synthesized. */
const LEFT_BEHIND = /^(?:\.terraform(?:[/.]|$)|.*\.tfstate(?:\.backup)?$|plan(?:\.|$).*|metadata\.json$)/;
/** Larger than any code that Lambda takes. */
const LARGEST = 300 * 1024 * 1024;

/** A file beside the configuration of a stack. */
export interface StackFolderFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  /** Of what is in it: of an archive, the names and contents of its files. */
  readonly digest: string;
  /** SHA-256 in base64, as `source_code_hash` has it. */
  readonly sha256Base64: string;
}

/** Files beside `cdk.tf.json`: code that an apply uploads, mostly. */
export function stackFolderFiles(folder: string): readonly StackFolderFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => path !== "cdk.tf.json" && !LEFT_BEHIND.test(path))
    .sort()
    .map((path) => fileOf(folder, path));
}

function fileOf(folder: string, path: string): StackFolderFile {
  const bytes = readFileSync(join(folder, path));
  const hash = (value: Uint8Array | string) => createHash("sha256").update(value);
  const sha256Base64 = hash(bytes).digest("base64");
  const files = path.endsWith(".zip") && bytes.length <= LARGEST ? zipContent(bytes) : undefined;
  const digest =
    files === undefined
      ? `sha256:${Buffer.from(sha256Base64, "base64").toString("hex")}`
      : `files:${hash(JSON.stringify(files)).digest("hex")}`;
  return { path, digest, sha256Base64 };
}
