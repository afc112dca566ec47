import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Path of a file of test/fixtures/sources: plans and outdirs that somebody met. */
export function casePath(name: string): string {
  return join(__dirname, "../fixtures/sources", name);
}

/** One of them, parsed. */
export function caseFile(name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(casePath(name), "utf8"));
}
