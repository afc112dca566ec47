import { loadFault } from "../../src/environment/load-fault";

const FOLDER = "/home/anna/our-iam";
const files: Readonly<Record<string, string>> = {
  [`${FOLDER}/environments/prod.ts`]:
    'import { defineEnvironment } from "iam-baseline";\n\nimport { networks } from "./networks";\nimport { tags } from "@octo/tags";\n',
};

/** An error as Node.js or tsx throws it, with the frames of its stack. */
function error(message: string, frames: readonly string[] = [], code?: string): Error {
  const made = Object.assign(new Error(message), code === undefined ? {} : { code });
  made.stack = [`Error: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return made;
}

const told = (cause: unknown) =>
  loadFault(cause, {
    file: `${FOLDER}/environments/index.ts`,
    folder: FOLDER,
    read: (path) => files[path],
  }).message;

test.each([
  [
    "syntax",
    error(
      `Transform failed with 1 error:\n${FOLDER}/environments/prod.ts:12:3: ERROR: Expected "}" but found "region"`,
      ["failureErrorWithLog (/home/anna/our-iam/node_modules/esbuild/lib/main.js:1752:15)"],
    ),
    'environments/prod.ts:12: expected a file that can be loaded, got Expected "}" but found "region"; correct the syntax',
  ],
  [
    "a throw, below a package's frames",
    error("set TEAM\nin the shell", [
      `Object.check (${FOLDER}/node_modules/env-check/index.js:3:1)`,
      `<anonymous> (${FOLDER}/environments/prod.ts:7:9)`,
      `Object.<anonymous> (${FOLDER}/environments/prod.ts:30:1)`,
    ]),
    "environments/prod.ts:7: expected a file that can be loaded, got set TEAM; correct what is done there: environments are data",
  ],
  [
    "a name that is nowhere",
    error("networks is not defined", [`file://${FOLDER}/environments/prod.ts:9:19`]),
    "environments/prod.ts:9: expected a file that can be loaded, got networks is not defined; declare or import it",
  ],
  [
    "a missing file, in CommonJS",
    error(
      `Cannot find module './networks'\nRequire stack:\n- ${FOLDER}/environments/prod.ts\n- ${FOLDER}/environments/index.ts`,
      [],
      "MODULE_NOT_FOUND",
    ),
    'environments/prod.ts:3: expected a file that can be loaded, got an import of "networks", which is not there; correct the path, or add the file',
  ],
  [
    "a missing file, in a module",
    error(
      `Cannot find module '${FOLDER}/environments/networks.js' imported from ${FOLDER}/environments/prod.ts`,
      [],
      "ERR_MODULE_NOT_FOUND",
    ),
    'environments/prod.ts:3: expected a file that can be loaded, got an import of "networks", which is not there; correct the path, or add the file',
  ],
  [
    "a missing package",
    error(
      `Cannot find package '@octo/tags' imported from ${FOLDER}/environments/prod.ts`,
      [],
      "ERR_MODULE_NOT_FOUND",
    ),
    'environments/prod.ts:4: expected a file that can be loaded, got an import of "@octo/tags", which is not there; install the package, or correct its name',
  ],
  [
    "an import in a circle, which a getter reads first",
    error("Cannot access 'shared' before initialization", [
      `Object.shared (${FOLDER}/environments/prod.ts:1:1)`,
      `Object.get [as shared] (${FOLDER}/environments/prod.ts:2:504)`,
      `<anonymous> (${FOLDER}/environments/networks.ts:2:18)`,
    ]),
    expect.stringMatching(
      /^environments\/networks\.ts:2: .* got shared before it has a value; files that import each other/,
    ),
  ],
  ["a text that is thrown", "no", expect.stringMatching(/^environments\/index\.ts: .* got a throw of "no"/)],
])("tells %s with file and line", (_what, cause, expected) => {
  expect(told(cause)).toEqual(expected);
});

test("tells an export that another file lacks", () => {
  const cause = error("The requested module './prod.js' does not provide an export named 'prod'");
  cause.stack = `file://${FOLDER}/environments/index.ts:2\nimport { prod } from "./prod.js";\n\nSyntaxError: ${cause.message}`;
  expect(told(cause)).toMatch(/^environments\/index\.ts:2: /);
});
