import { relative } from "node:path";

/** Where environments were defined, by name. */
const files = new Map<string, string>();

/** Remembers the file that calls `defineEnvironment`: what is wrong in it is told by its real name. */
export function rememberFile(name: unknown, stack: string | undefined): void {
  const path = callerOf(stack);
  if (typeof name === "string" && path !== undefined) files.set(name, path);
}

/** The file in which an environment is written: where it was defined, else by convention. */
export function environmentFile(name: string): string {
  return files.get(name) ?? `environments/${name}.ts`;
}

/** The file of the second frame: the first is `defineEnvironment` itself. */
function callerOf(stack: string | undefined): string | undefined {
  const frames = [
    ...(stack ?? "").matchAll(/^ +at .*?(?:file:\/\/)?((?:\/|[A-Za-z]:\\)[^():]+?):\d+:\d+\)?$/gm),
  ];
  const path = frames[1]?.[1];
  if (path === undefined) return undefined;
  const from = relative(process.cwd(), path).replaceAll("\\", "/");
  return from.startsWith("..") ? path : from;
}
