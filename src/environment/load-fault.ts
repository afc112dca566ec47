import { relative } from "node:path";
import { defineRefusal, Refusal } from "../findings/refusal";

export const PROJECT_UNLOADABLE = defineRefusal({
  code: "project-unloadable",
  title: "The environments cannot be loaded",
  why: "What is written there does not parse, imports what is missing or what imports it back, or throws.",
  example:
    "error[project-unloadable]: environments/index.js:1: expected a file that can be loaded, got personal is not defined; declare or import it",
  remedy: "Correct the file at the line that the message names; `npx tsc` shows more.",
  since: "0.1.0",
});

/** Where it went wrong, and what. */
interface Fault {
  readonly path?: string | undefined;
  readonly line?: number | undefined;
  readonly got: string;
  readonly remedy: string;
}

/** What environments are loaded with. */
export interface LoadSettings {
  /** The file that was loaded first, for errors that tell of none. */
  readonly file: string;
  /** The project's folder: paths are told from there. */
  readonly folder: string;
  /** Text of a file, or nothing: to find the line of an import. */
  readonly read: (path: string) => string | undefined;
}

/** What a person should know when environments do not load: one line, with the file and the line in it. */
export function loadFault(cause: unknown, { file, folder, read }: LoadSettings): Refusal {
  const { path, line, got, remedy } = faultOf(cause, folder, read);
  const shown = path === undefined ? file : path;
  return new Refusal(
    PROJECT_UNLOADABLE,
    {
      where: `${fromFolder(shown, folder)}${line === undefined ? "" : `:${line}`}`,
      expected: "a file that can be loaded",
      got,
      remedy,
    },
    { cause },
  );
}

function fromFolder(path: string, folder: string): string {
  const from = relative(folder, path).replaceAll("\\", "/");
  return from.startsWith("..") ? path : from;
}

function faultOf(cause: unknown, folder: string, read: LoadSettings["read"]): Fault {
  if (!isError(cause)) return { got: `a throw of ${JSON.stringify(cause)}`, remedy: "throw nothing" };
  return (
    missingExport(cause) ??
    syntaxFault(cause) ??
    missingModule(cause, read) ??
    circularImport(cause, folder) ??
    thrown(cause, folder)
  );
}

/** Of any realm. */
const isError = (cause: unknown): cause is Error =>
  typeof cause === "object" && cause !== null && "message" in cause && typeof cause.message === "string";

/**
 * esbuild, with which tsx reads TypeScript, writes `/path/prod.ts:3:2: ERROR: Expected "}" but found "accountId"`;
 * Node.js puts `/path/prod.js:3` above the stack.
 */
function syntaxFault({ name, message, stack = "" }: Error): Fault | undefined {
  const [, path, line, got = message] =
    /^(.+?):(\d+):\d+: ERROR: (.+)$/m.exec(message) ??
    (name === "SyntaxError" ? /^(?:file:\/\/)?(.+):(\d+)$/m.exec(stack) : null) ??
    [];
  return path === undefined ? undefined : { path, line: Number(line), got, remedy: "correct the syntax" };
}

/** Node.js, for `import` and for what `import` becomes in CommonJS. */
function missingModule(cause: Error, read: LoadSettings["read"]): Fault | undefined {
  const { message } = cause;
  if (!/^(?:ERR_)?MODULE_NOT_FOUND$/.test(String((cause as NodeJS.ErrnoException).code))) return undefined;
  const [, name = ""] = /^Cannot find (?:module|package) '([^']+)'/.exec(message) ?? [];
  const [requiredBy] = (cause as { readonly requireStack?: readonly string[] }).requireStack ?? [];
  const path = (
    / imported from (.+)$/m.exec(message)?.[1] ??
    requiredBy ??
    /^- (.+)$/m.exec(message)?.[1]
  )?.replace(/^file:\/\//, "");
  const isPath = /^[./]|^file:/.test(name);
  // what is told of a path is where it leads to: in the file it may be written otherwise
  const written = isPath ? name.replace(/^.*[/\\]/, "").replace(/\.[cm]?[jt]s$/, "") : name;
  const lines = (path === undefined ? undefined : read(path))?.split("\n") ?? [];
  const at = lines.findIndex((text) => /(?:from|import|require)\b/.test(text) && text.includes(written));
  return {
    path,
    line: at < 0 ? undefined : at + 1,
    got: `an import of ${JSON.stringify(written)}, which is not there`,
    remedy: /^[./]/.test(name)
      ? "correct the path, or add the file"
      : "install the package, or correct its name",
  };
}

function missingExport({ message, stack = "" }: Error): Fault | undefined {
  if (!/does not provide an export named/.test(message)) return undefined;
  const [, path, line] = /^(?:file:\/\/)?(.+):(\d+)$/m.exec(stack) ?? [];
  return { path, line: Number(line), got: message, remedy: "import what the other file exports" };
}

function circularImport(cause: Error, folder: string): Fault | undefined {
  const [, name] = /^Cannot access '(.+)' before initialization$/.exec(cause.message) ?? [];
  if (name === undefined) return undefined;
  return {
    ...placeOf(cause, folder),
    got: `${name} before it has a value`,
    remedy:
      "files that import each other run before the other is ready: move what both need into a third file",
  };
}

function thrown(cause: Error, folder: string): Fault {
  const [first = ""] = cause.message.split("\n");
  const [, name] = /^(.+) is not defined$/.exec(first) ?? [];
  return {
    ...placeOf(cause, folder),
    got: first === "" ? cause.name : first,
    remedy: name === undefined ? "correct what is done there: environments are data" : "declare or import it",
  };
}

/** The innermost place of a stack that is in the project and not in a package. A getter is only how a value was read. */
function placeOf({ stack = "" }: Error, folder: string): Pick<Fault, "path" | "line"> {
  const frames = [
    ...stack.matchAll(/^ +at (?:(.*) \()?(?:file:\/\/)?(\/.+?|[A-Za-z]:\\.+?):(\d+):\d+\)?$/gm),
  ].filter(
    ([, called = "", path = ""]) =>
      path.startsWith(folder) &&
      !/[/\\]node_modules[/\\]/.test(path) &&
      !/ \[as .+\]$|^Object\.(?!<)/.test(called),
  );
  const [, , path, line] = frames[0] ?? [];
  return path === undefined ? {} : { path, line: Number(line) };
}
