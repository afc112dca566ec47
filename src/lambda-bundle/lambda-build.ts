import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Esbuild from "esbuild";
import type * as Fflate from "fflate";
import { Refusal } from "../findings/refusal";
import type { LambdaFunctionName } from "./function-name";
import { FUNCTION_ZIP_MISSING } from "./zip-missing";

/**
 * Settings of esbuild. They decide the bytes, so they are part of a build's fingerprint.
 *
 * `module` before `main`: the SDK's ES modules shed what is not used, its CommonJS files cannot (231 kB against 600 kB).
 * The alias leaves out every way to find credentials that a Lambda function does not have (130 kB, 10 ms of loading).
 */
const SETTINGS = {
  bundle: true,
  minify: true,
  sourcemap: false,
  platform: "node",
  target: "node20",
  format: "cjs",
  charset: "utf8",
  mainFields: ["module", "main"],
  alias: { "@aws-sdk/credential-provider-node": "./lambda/runtime/environment-credentials.ts" },
  logLevel: "silent",
  // Instead of whatever tsconfig.json lies about: the bytes must not depend on it.
  tsconfigRaw: { compilerOptions: { target: "es2023", alwaysStrict: true } },
} as const satisfies Esbuild.BuildOptions;

/** Deflate as hard as it goes; on Unix, a file that everyone may read: Lambda runs it as another user. */
const ZIP_SETTINGS = { level: 9, os: 3, attrs: 0o100644 * 0x10000 } as const;

/** What a build was made of, kept beside its zip. */
export interface BuildRecord {
  /** SHA-256 of everything that decides the bytes: settings, lock file and the project's own files. */
  readonly fingerprint: string;
  /** The project's own files that went in, relative to the package. */
  readonly sources: readonly string[];
}

/** One file of JavaScript, and the project's own files that went into it. */
export interface Bundle {
  readonly code: Uint8Array;
  /** Paths relative to the package, with `/`, in order. */
  readonly sources: readonly string[];
}

/**
 * Bundles `lambda/<name>/handler.ts` with everything it imports.
 *
 * @throws esbuild's error, with file and line, when a source does not compile.
 */
export function bundleLambda(root: string, name: LambdaFunctionName): Bundle {
  const esbuild = tool<typeof Esbuild>(root, "esbuild");
  const { outputFiles, metafile } = esbuild.buildSync({
    ...SETTINGS,
    absWorkingDir: root,
    entryPoints: [`lambda/${name}/handler.ts`],
    outfile: "index.js",
    write: false,
    metafile: true,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`lambda/${name}/handler.ts: esbuild made no file`);
  const sources = Object.keys(metafile.inputs).filter((path) => !path.includes("node_modules/"));
  return { code: output.contents, sources: sources.sort() };
}

/**
 * A zip of one `index.js` that depends on its content only: no time, no owner, no path of the machine that made it.
 * The compressor is fflate's, because zlib's output follows the version that a Node.js release ships.
 */
export function zipOf(root: string, code: Uint8Array): Uint8Array {
  const { zipSync } = tool<typeof Fflate>(root, "fflate");
  // Zip stores local time, and fflate reads it so: from local time, the same bytes in every time zone.
  const mtime = new Date(1980, 0, 1);
  return zipSync({ "index.js": [code, { ...ZIP_SETTINGS, mtime }] });
}

/** Bundles, zips and writes `<folder>/<name>.zip` with its record; a reader never meets half a file. */
export function buildLambda(root: string, name: LambdaFunctionName, folder: string): BuildRecord {
  const { code, sources } = bundleLambda(root, name);
  const record: BuildRecord = { fingerprint: fingerprint(root, sources), sources };
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, `${name}.zip`), zipOf(root, code));
  writeWhole(join(folder, `${name}.json`), `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

/** Fingerprint of a build from these sources as they are now; a source that is gone changes it. */
export function fingerprint(root: string, sources: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify([SETTINGS, ZIP_SETTINGS]));
  // The lock file stands for every file under node_modules.
  for (const path of ["package-lock.json", ...sources]) {
    const file = join(root, path);
    hash.update(`\0${path}\0`).update(existsSync(file) ? readFileSync(file) : "gone");
  }
  return hash.digest("hex");
}

/**
 * A tool of the checkout, loaded when it is needed: neither synthesis of an installed package nor a bundled app has it.
 *
 * @throws when the checkout's packages are not installed
 */
function tool<Module>(root: string, name: string): Module {
  try {
    return createRequire(join(root, "package.json"))(name) as Module;
  } catch (cause) {
    throw new Refusal(
      FUNCTION_ZIP_MISSING,
      `the Lambda functions of ${root} cannot be built without ${name}; run \`npm ci\` there`,
      {
        cause,
      },
    );
  }
}

function writeWhole(path: string, content: string | Uint8Array): void {
  const draft = join(dirname(path), `.${process.pid}-${Date.now()}.tmp`);
  writeFileSync(draft, content);
  renameSync(draft, path);
}
