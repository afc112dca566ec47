import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";

const ROOT = join(__dirname, "..", "..");
/** What main.ts imports. */
const SHIPPED = "./environments/index.js";
const SYNTHESIS = "./src/stacks/synthesize-project";
/** What that calls for it: validation, proofs and the outdir. */
const BASELINE = "./src/stacks/synthesize-baseline";

/**
 * Bundles main.ts, as it is, into one file below the project: it looks for the Lambda functions in the folders above it.
 *
 * @param environments a module to take instead of `environments/`, relative to the project
 * @param proofs without them it is synthesis alone, which is all that a template does
 * @returns path of the bundle
 */
export function bundledApp(file: string, environments?: string, proofs = true): string {
  const outfile = join(ROOT, file);
  const modules = {
    [SHIPPED]: environments === undefined ? SHIPPED : `./${environments}`,
    [SYNTHESIS]: proofs ? SYNTHESIS : synthesisAlone(`${outfile}.synthesis-alone.ts`),
  };
  const contents = Object.entries(modules).reduce(
    (source, [module, taken]) => {
      if (!source.includes(JSON.stringify(module))) throw new Error(`main.ts does not import "${module}"`);
      return source.replace(JSON.stringify(module), () => JSON.stringify(taken));
    },
    readFileSync(join(ROOT, "main.ts"), "utf8"),
  );
  buildSync({
    stdin: {
      contents,
      resolveDir: ROOT,
      sourcefile: "main.ts",
      loader: "ts",
    },
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    logLevel: "error",
  });
  return outfile;
}

/** Writes what main.ts calls, without its proofs. */
function synthesisAlone(file: string): string {
  const baseline = `${file}.baseline.ts`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(baseline, withoutProofs(readFileSync(join(ROOT, `${BASELINE}.ts`), "utf8")));
  writeFileSync(
    file,
    replaced(readFileSync(join(ROOT, `${SYNTHESIS}.ts`), "utf8"), [
      [/"\.\/synthesize-baseline"/, JSON.stringify(baseline)],
    ]).replace(OWN_IMPORT, absolute),
  );
  return file;
}

/** No module of the proofs is left in the bundle: what asks them is cut out of the source. */
function withoutProofs(source: string): string {
  return replaced(source, [
    [/formatDeclared\(requireProofs\([^()]*\)\)/, '""'],
    [/= validated\(environments, now\)/, "= validateBaseline(environments, now)"],
    [/\/\*\* Where environments are wrong[\s\S]*?(?=\/\*\* Whether an error is an answer)/, ""],
    [/^import \{[^}]*\} from "\.\.\/proofs\/format-proofs";$/m, ""],
    [/^import \{[^}]*\} from "\.\.\/proofs\/prove-stacks";$/m, ""],
  ]).replace(OWN_IMPORT, absolute);
}

/** @throws Error where a part is not there: the comparison would mean nothing */
function replaced(source: string, parts: readonly (readonly [part: RegExp, by: string])[]): string {
  return parts.reduce((text, [part, by]) => {
    if (!part.test(text)) throw new Error(`${BASELINE} has no ${part}`);
    return text.replace(part, () => by);
  }, source);
}

/** Imports of the sources, which stand in src/stacks, from wherever the copy stands. */
const OWN_IMPORT = /(?<=from ")\.[^"]+/g;
const absolute = (path: string) => join(ROOT, dirname(SYNTHESIS), path);
