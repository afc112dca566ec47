/** @see https://developer.hashicorp.com/terraform/language/functions/file and its neighbours */
const READING =
  /\b(?:file|fileexists|fileset|filebase64|filebase64sha256|filebase64sha512|filemd5|filesha1|filesha256|filesha512|templatefile|pathexpand|abspath)\s*\(/;

/** Expressions of a block, however deep, that read files of the machine that plans when they are evaluated. */
export function fileReads(value: unknown): readonly string[] {
  if (typeof value === "string") return value.includes("${") && READING.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(fileReads);
}
